namespace Sweeps.Dashboard.Plots;

/// <summary>Draws the frame of a plot with its bottom and left axes.</summary>
internal sealed class FramePainter(SvgWriter svg, Box frame, PlotTheme theme)
{
    private const double LineHeight = 1.2;

    public void DrawBorder() =>
        svg.Leaf("rect", [.. frame.Place, ("fill", "none"), ("stroke", theme.Ink), ("stroke-width", theme.FrameStroke)]);

    /// <param name="axis">Places.</param>
    /// <param name="layout">Words.</param>
    /// <param name="isInward">Ticks point into the frame and are repeated on the opposite side.</param>
    public void DrawBottom(Axis axis, AxisLayout layout, bool isInward)
    {
        List<IReadOnlyList<PaperPoint>> marks = [];
        svg.Open("g", ("fill", theme.Ink));
        foreach (Tick tick in layout.Ticks)
        {
            double x = frame.Left + axis.Share(tick.At) * frame.Width;
            double length = (tick.IsMajor ? 1 : 0.55) * AxisLayout.TickLength * (isInward ? -1 : 1);
            marks.Add([new(x, frame.Bottom), new(x, frame.Bottom + length)]);
            if (isInward)
                marks.Add([new(x, frame.Top), new(x, frame.Top - length)]);
            if (!tick.IsMajor)
                continue;
            double top = frame.Bottom + AxisLayout.TickLength + AxisLayout.Gap;
            if (layout.IsTurned)
            {
                PaperPoint end = new(x + 2, top + 0.5 * theme.SmallType);
                string turn = $"rotate({SvgWriter.Number(-AxisLayout.TurnDegrees)} {SvgWriter.Number(end.X)} {SvgWriter.Number(end.Y)})";
                svg.Text(tick.Label, end, theme.SmallType, ("text-anchor", "end"), ("transform", turn));
            }
            else
            {
                svg.Text(tick.Label, new(x, top + 0.75 * theme.SmallType), theme.SmallType, ("text-anchor", "middle"));
            }
        }
        svg.Close();
        DrawMarks(marks);
        double baseline = frame.Bottom + layout.Thickness - ((layout.TitleLines.Count - 1) * LineHeight + 0.25) * theme.LabelType;
        foreach ((int index, string line) in layout.TitleLines.Index())
            svg.Text(line, new(frame.MiddleX, baseline + index * LineHeight * theme.LabelType), theme.LabelType,
                ("text-anchor", "middle"), ("fill", theme.Ink));
    }

    public void DrawLeft(Axis axis, AxisLayout layout, bool isInward)
    {
        DrawSide(axis, layout, frame.Left, isInward ? 1 : -1, isInward ? frame.Right : null, -1);
        foreach ((int index, string line) in layout.TitleLines.Index())
            DrawTurned(line, frame.Left - layout.Thickness + (0.8 + index * LineHeight) * theme.LabelType);
    }

    /// <summary>The axis of a colour bar, of which this frame is the outline.</summary>
    public void DrawRight(Axis axis, AxisLayout layout)
    {
        DrawSide(axis, layout, frame.Right, 1, null, 1);
        double first = frame.Right + layout.Thickness - (0.25 + (layout.TitleLines.Count - 1) * LineHeight) * theme.LabelType;
        foreach ((int index, string line) in layout.TitleLines.Index())
            DrawTurned(line, first + index * LineHeight * theme.LabelType);
    }

    private void DrawSide(Axis axis, AxisLayout layout, double edge, int tickDirection, double? mirror, int labelDirection)
    {
        List<IReadOnlyList<PaperPoint>> marks = [];
        svg.Open("g", ("fill", theme.Ink), ("text-anchor", labelDirection < 0 ? "end" : "start"));
        foreach (Tick tick in layout.Ticks)
        {
            double y = frame.Bottom - axis.Share(tick.At) * frame.Height;
            double length = (tick.IsMajor ? 1 : 0.55) * AxisLayout.TickLength * tickDirection;
            marks.Add([new(edge, y), new(edge + length, y)]);
            if (mirror is { } other)
                marks.Add([new(other, y), new(other - length, y)]);
            if (tick.IsMajor)
                svg.Text(tick.Label, new(edge + labelDirection * (AxisLayout.TickLength + AxisLayout.Gap), y + 0.36 * theme.SmallType),
                    theme.SmallType);
        }
        svg.Close();
        DrawMarks(marks);
    }

    private void DrawTurned(string line, double x)
    {
        string turn = $"rotate(-90 {SvgWriter.Number(x)} {SvgWriter.Number(frame.MiddleY)})";
        svg.Text(line, new(x, frame.MiddleY), theme.LabelType, ("text-anchor", "middle"), ("transform", turn), ("fill", theme.Ink));
    }

    private void DrawMarks(List<IReadOnlyList<PaperPoint>> marks)
    {
        if (marks.Count > 0)
            svg.Leaf("path", [("d", string.Concat(marks.Select(SvgWriter.PathData))), ("stroke", theme.Ink),
                ("stroke-width", theme.FrameStroke), ("fill", "none")]);
    }
}
