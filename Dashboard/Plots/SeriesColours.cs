namespace Sweeps.Dashboard.Plots;

/// <summary>A colour per series.</summary>
internal static class SeriesColours
{
    public static string Of(int index, int count, bool areOrdered, PlotTheme theme)
    {
        if (!areOrdered || count < 2)
            return theme.Series[index % theme.Series.Length];
        (double first, double last) = theme.OrderedShares ?? SharesOn(theme.Background);
        return ColourMap.Viridis.At(first + (last - first) * index / (count - 1)).Hex;
    }

    // The ends of the map that come near the background are left out.
    private static (double First, double Last) SharesOn(string background) =>
        Oklab.From(Rgb.Parse(background)).L < 0.5 ? (0.35, 1.0) : (0.0, 0.82);
}
