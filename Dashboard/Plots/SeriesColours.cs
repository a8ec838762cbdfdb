namespace Sweeps.Dashboard.Plots;

/// <summary>A colour per series.</summary>
internal static class SeriesColours
{
    public static string Of(int index, int count, bool areOrdered, PlotTheme theme)
    {
        if (!areOrdered || count < 2)
            return theme.Series[index % theme.Series.Length];
        // The ends of the map that come near the background are left out.
        bool isDark = Oklab.From(Rgb.Parse(theme.Background)).L < 0.5;
        (double first, double last) = isDark ? (0.35, 1.0) : (0.0, 0.82);
        return ColourMap.Viridis.At(first + (last - first) * index / (count - 1)).Hex;
    }
}
