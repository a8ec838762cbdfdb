namespace Sweeps.Dashboard.Plots;

/// <summary>The key to the colours: a bar with its axis on the right, and lines across it at the levels of the iso-lines.</summary>
internal sealed class ColourBar(ColourScale scale, string title, PlotTheme theme)
{
    public const double Gap = 7;
    private const double BarWidth = 8;
    private const int Stops = 32;

    private readonly LinearAxis axis = new(scale.Range);

    public AxisLayout Layout(double height) =>
        AxisLayout.Vertical(axis, AxisTitle.Of(title, Unit, axis.Exponent), null, height, theme);

    public string Unit { get; init; } = "1";

    /// <summary>From the frame of the plot to the right end.</summary>
    public double Thickness(double height) => Gap + BarWidth + Layout(height).Thickness;

    /// <param name="svg">Where to.</param>
    /// <param name="frame">Frame of the plot to the left.</param>
    /// <param name="levels">Values marked across the bar.</param>
    /// <param name="id">Prefix for the gradient's id.</param>
    public void Draw(SvgWriter svg, Box frame, IReadOnlyList<Tick> levels, string id)
    {
        Box bar = new(frame.Right + Gap, frame.Top, BarWidth, frame.Height);
        svg.Open("linearGradient", ("id", id + "-bar"), ("x1", 0), ("y1", 1), ("x2", 0), ("y2", 0));
        for (int stop = 0; stop <= Stops; stop++)
        {
            double share = (double)stop / Stops;
            svg.Leaf("stop", [("offset", share.ToString("0.####", System.Globalization.CultureInfo.InvariantCulture)),
                ("stop-color", scale.Map.At(share).Hex)]);
        }
        svg.Close();
        svg.Leaf("rect", [.. bar.Place, ("fill", $"url(#{id}-bar)")]);
        foreach (Tick level in levels.Where(level => scale.Range.Contains(level.At)))
        {
            double y = bar.Bottom - axis.Share(level.At) * bar.Height;
            PaperPoint left = new(bar.Left, y), right = new(bar.Right, y);
            svg.Line(left, right, ("stroke", "#ffffff"), ("stroke-width", 2 * theme.LineStroke));
            svg.Line(left, right, ("stroke", "#111111"), ("stroke-width", 0.8 * theme.LineStroke));
        }
        FramePainter painter = new(svg, bar, theme);
        painter.DrawBorder();
        AxisLayout layout = Layout(frame.Height);
        painter.DrawRight(axis, layout with { Ticks = [.. layout.Ticks.Where(t => t.IsMajor)] });
    }
}
