namespace Sweeps.Dashboard.Plots;

/// <summary>A laid-out legend; its places are relative to its top left corner.</summary>
internal sealed class Legend
{
    public const double SampleWidth = 15;
    private const double SampleHeight = 6;
    private const double SampleGap = 4;
    private const double ColumnGap = 12;
    private const double LineHeight = 1.4;

    private readonly PlotTheme theme;
    private readonly List<(LegendEntry Entry, string Label, double X, double Y)> places = [];

    private Legend(PlotTheme theme) => this.theme = theme;

    public double Width { get; private set; }

    public double Height { get; private set; }

    /// <summary>Side by side, in as many rows as the width asks for, columns aligned.</summary>
    public static Legend Rows(IReadOnlyList<LegendEntry> entries, double width, PlotTheme theme)
    {
        Legend legend = new(theme);
        double widest = entries.Select(e => legend.WidthOf(e.Label)).DefaultIfEmpty(0).Max();
        bool isOneRow = entries.Sum(e => legend.WidthOf(e.Label) + ColumnGap) - ColumnGap <= width;
        int columns = isOneRow ? Math.Max(1, entries.Count) : Math.Max(1, (int)((width + ColumnGap) / (widest + ColumnGap)));
        double x = 0;
        foreach ((int index, LegendEntry entry) in entries.Index())
        {
            x = index % columns == 0 ? 0 : x;
            legend.Add(entry, x, index / columns, width - x);
            x += isOneRow ? legend.WidthOf(entry.Label) + ColumnGap : widest + ColumnGap;
        }
        return legend;
    }

    /// <summary>One below the other.</summary>
    public static Legend Column(IReadOnlyList<LegendEntry> entries, double width, PlotTheme theme)
    {
        Legend legend = new(theme);
        foreach ((int index, LegendEntry entry) in entries.Index())
            legend.Add(entry, 0, index, width);
        return legend;
    }

    public void Draw(SvgWriter svg, double left, double top)
    {
        foreach ((LegendEntry entry, string label, double x, double y) in places)
        {
            double middle = top + y + LineHeight * theme.SmallType / 2;
            entry.DrawSample(svg, new(left + x, middle - SampleHeight / 2, SampleWidth, SampleHeight));
            svg.Text(label, new(left + x + SampleWidth + SampleGap, middle + 0.36 * theme.SmallType), theme.SmallType, ("fill", theme.Ink));
        }
    }

    private double WidthOf(string label) => SampleWidth + SampleGap + TextMetrics.Width(label, theme.SmallType);

    private void Add(LegendEntry entry, double x, int row, double width)
    {
        string label = TextWrap.Lines(entry.Label, theme.SmallType, width - SampleWidth - SampleGap, 1).FirstOrDefault("");
        double y = row * LineHeight * theme.SmallType;
        places.Add((entry, label, x, y));
        Width = Math.Max(Width, x + WidthOf(label));
        Height = Math.Max(Height, y + LineHeight * theme.SmallType);
    }
}
