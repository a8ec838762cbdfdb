namespace Sweeps.Dashboard.Plots;

/// <summary>Lays out and draws one <see cref="LinePlot"/>.</summary>
internal sealed class LinePlotPainter
{
    // More markers and error bars would hide one another, and their titles make a page of megabytes.
    private const int MostMarkers = 5000;
    private const double MarkerRadius = 2;
    private const double CapHalfWidth = 1.6;
    private const double LegendInset = 6;
    // Of the room of a word: what the series share, and how much of its own place a closed form's bar fills.
    private const double SharedByWord = 0.7;
    private const double FilledByBar = 0.85;

    private readonly LinePlot plot;
    private readonly PlotTheme theme;
    private readonly SvgDocument page;
    private readonly List<DrawnSeries> series;
    private readonly bool isDense;
    private readonly Axis? x;
    private readonly Axis? y;

    public LinePlotPainter(LinePlot plot, PlotSize size, PlotTheme theme)
    {
        (this.plot, this.theme) = (plot, theme);
        isDense = !plot.X.HasWords && plot.Series.Sum(s => s.Points.Count(p => p.Value is not null)) > MostMarkers;
        series = [.. plot.Series.Select((s, i) =>
            new DrawnSeries(s, i, SeriesColours.Of(i, plot.Series.Length, plot.SeriesAreOrdered, theme), plot.X, plot.Y, isDense))];
        int shown = series.Sum(s => s.Points.Count(p => p.Value is not null));
        string names = string.Concat(plot.Series.Where(s => s.Label.Length > 0).Select((s, i) => (i == 0 ? ": " : ", ") + s.Label));
        page = new(size, theme, plot.Title, plot.Caption,
            $"{plot.Y.Label} against {plot.X.Label}: {shown} measured points in {series.Count} series{names}.");
        x = AxisOf(plot.X, series.SelectMany(s => s.ShownX), padding: 0.04);
        y = AxisOf(plot.Y, series.SelectMany(s => s.ShownY), padding: 0.06);
    }

    private bool HasTheory => series.Any(s => s.Theory.Any(p => p.Y is not null));

    public string Draw()
    {
        if (x is null || y is null)
            return page.NothingToShow($"no finite value of {plot.Y.Label}.");
        List<LegendEntry> entries = Entries();
        Legend corner = Legend.Column(entries, page.Area.Width * 0.6, theme);
        Box room = page.Area with { Top = page.Area.Top + 3, Height = page.Area.Height - 3 };
        (Box frame, AxisLayout below, AxisLayout beside) = Arrange(room);
        (double Left, double Top)? place = FreeCorner(corner, frame);
        Legend above = Legend.Rows(entries, page.Area.Width, theme);
        if (place is null)
        {
            room = Box.Between(page.Area.Left, page.Area.Top + above.Height + 4, page.Area.Right, page.Area.Bottom);
            (frame, below, beside) = Arrange(room);
        }

        FramePainter painter = new(page.Svg, frame, theme);
        painter.DrawBorder();
        painter.DrawBottom(x, below, isInward: true);
        painter.DrawLeft(y, beside, isInward: true);
        page.Svg.Open("clipPath", ("id", page.Id + "-frame"));
        page.Svg.Leaf("rect", frame.Place);
        page.Svg.Close();
        page.Svg.Open("g", ("clip-path", $"url(#{page.Id}-frame)"));
        foreach (DrawnSeries s in series)
            DrawLines(s, frame);
        foreach (DrawnSeries s in isDense ? [] : series)
            DrawPoints(s, frame);
        page.Svg.Close();
        if (place is { } free)
            corner.Draw(page.Svg, free.Left, free.Top);
        else
            above.Draw(page.Svg, Math.Min(frame.Left, page.Area.Right - above.Width), page.Area.Top);
        return page.Finish();
    }

    private static Axis? AxisOf(PlotAxis axis, IEnumerable<double> shown, double padding)
    {
        double[] all = [.. shown];
        if (all.Length == 0)
            return null;
        if (axis.HasWords)
            return axis.Count == 0 ? null : Axis.Over(axis, new(-0.5, axis.Count - 0.5));
        bool isLog = axis.Scale == AxisScale.Logarithmic;
        IEnumerable<double> values = all.Concat(axis.Values);
        return Interval.Around(isLog ? values.Select(Math.Log10) : values) is { } range ? Axis.Over(axis, range.Padded(padding)) : null;
    }

    /// <summary>The frame depends on the labels and these on the frame: three rounds settle both.</summary>
    private (Box Frame, AxisLayout Below, AxisLayout Beside) Arrange(Box room)
    {
        Box frame = Box.Between(room.Left + 35, room.Top, room.Right - 8, room.Bottom - 25);
        for (int round = 0; ; round++)
        {
            AxisLayout below = AxisLayout.Horizontal(x!, AxisTitle.Of(plot.X.Label, plot.X.Unit, x!.Exponent), null, frame.Width,
                frame.Width, theme);
            AxisLayout beside = AxisLayout.Vertical(y!, AxisTitle.Of(plot.Y.Label, plot.Y.Unit, y!.Exponent), null, frame.Height, theme);
            if (round == 3)
                return (frame, below, beside);
            double left = room.Left + Math.Max(beside.Thickness, below.Overhang);
            // The last label is centred under its tick and may reach beyond the frame.
            double right = below.IsTurned ? 3 : below.Ticks
                .Select(t => TextMetrics.Width(t.Label, theme.SmallType) / 2 - (1 - x.Share(t.At)) * frame.Width).Append(2).Max();
            frame = Box.Between(left, room.Top, Math.Max(room.Right - right, left + 24),
                Math.Max(room.Bottom - below.Thickness, room.Top + 24));
        }
    }

    private (double Left, double Top)? FreeCorner(Legend legend, Box frame)
    {
        if (legend.Height == 0)
            return (frame.Left, frame.Top);
        Box inner = frame.Grown(-LegendInset);
        (double, double)[] corners =
        [
            (inner.Right - legend.Width, inner.Top), (inner.Left, inner.Top), (inner.Right - legend.Width, inner.Bottom - legend.Height),
            (inner.Left, inner.Bottom - legend.Height),
        ];
        List<PaperPoint> ink = [.. series.SelectMany(s => Ink(s, frame))];
        foreach ((double left, double top) in corners)
        {
            Box box = new(left, top, legend.Width, legend.Height);
            if (inner.Grown(0.1).Contains(box) && !ink.Any(box.Grown(4).Contains))
                return (left, top);
        }
        return null;
    }

    /// <summary>Places that a legend must leave free: along lines every few points, and the error bars.</summary>
    private IEnumerable<PaperPoint> Ink(DrawnSeries s, Box frame)
    {
        foreach (IReadOnlyList<CurvePoint> run in s.TheoryRuns.Concat(s.JoinedRuns))
        {
            Polyline line = new([.. run.Select(p => At(s, p.X, p.Y!.Value, frame))]);
            for (double length = 0; length <= line.Length && line.Points.Count > 1; length += 3)
                yield return line.At(length);
            yield return line.Points[^1];
        }
        foreach (LinePoint point in s.Points.Where(p => p.Value is not null))
        {
            PaperPoint low = Low(s, point, frame), high = High(s, point, frame);
            for (double along = high.Y; along <= low.Y; along += 3)
                yield return high with { Y = along };
            yield return low;
        }
    }

    private void DrawLines(DrawnSeries s, Box frame)
    {
        SvgWriter svg = page.Svg;
        foreach (IReadOnlyList<CurvePoint> run in s.JoinedRuns.Where(run => run.Count > 1))
        {
            string data = SvgWriter.PathData([.. run.Select(p => At(s, p.X, p.Y!.Value, frame))]);
            svg.Leaf("path", [("d", data), ("fill", "none"), ("stroke", s.Colour), ("stroke-width", 0.8 * theme.LineStroke),
                ("stroke-linejoin", "round")]);
        }
        if (isDense && s.JoinedRuns.Any(run => run.Count == 1))
        {
            // A point between nulls has no line: without a marker it is a dot.
            string dots = string.Concat(s.JoinedRuns.Where(run => run.Count == 1)
                .Select(run => At(s, run[0].X, run[0].Y!.Value, frame)).Select(at => SvgWriter.PathData([at, at])));
            svg.Leaf("path", [("d", dots), ("fill", "none"), ("stroke", s.Colour), ("stroke-width", 0.8 * theme.LineStroke),
                ("stroke-linecap", "round")]);
        }
        if (plot.X.HasWords)
        {
            // Nothing runs between words: the closed form is a bar at each.
            double half = FilledByBar / 2 * Math.Min(SharedByWord / series.Count, 0.35) / plot.X.Count * frame.Width;
            foreach (CurvePoint point in s.Theory.Where(p => p.Y is not null))
            {
                PaperPoint at = At(s, point.X, point.Y!.Value, frame);
                svg.Line(new(at.X - half, at.Y), new(at.X + half, at.Y), ("stroke", s.Colour), ("stroke-width", theme.LineStroke));
            }
            return;
        }
        foreach (IReadOnlyList<CurvePoint> run in s.TheoryRuns.Where(run => run.Count > 1))
        {
            string data = MonotoneCurve.PathData([.. run.Select(p => At(s, p.X, p.Y!.Value, frame))]);
            svg.Leaf("path", [("d", data), ("fill", "none"), ("stroke", isDense ? theme.Ink : s.Colour), ("stroke-width", theme.LineStroke),
                ("stroke-linejoin", "round")]);
        }
    }

    private void DrawPoints(DrawnSeries s, Box frame)
    {
        SvgWriter svg = page.Svg;
        foreach (LinePoint point in s.Points.Where(p => p.Value is not null))
        {
            PaperPoint at = At(s, point.X, point.Value!.Value, frame);
            if (point.StandardError is not null)
            {
                PaperPoint low = Low(s, point, frame), high = High(s, point, frame);
                string data = SvgWriter.PathData([low, high]) + Cap(low) + Cap(high);
                svg.Leaf("path", [("d", data), ("fill", "none"), ("stroke", s.Colour), ("stroke-width", 0.7 * theme.LineStroke)]);
            }
            Marker.Draw(svg, s.Index, at, MarkerRadius, s.Colour, theme.Background, Tooltip(s, point));
        }

        static string Cap(PaperPoint end) => SvgWriter.PathData([end with { X = end.X - CapHalfWidth },
            end with { X = end.X + CapHalfWidth }]);
    }

    private string Tooltip(DrawnSeries s, LinePoint point)
    {
        string at = plot.X.HasWords ? plot.X.Words[(int)point.X] : NumberLabels.Short(point.X, 6);
        string name = s.Label.Length > 0 ? s.Label + ", " : "";
        string theory = point.Theory is { } t ? $" ({plot.TheoryName} {NumberLabels.Short(t, 5)})" : "";
        return $"{name}{at}: {NumberLabels.Measured(point.Value!.Value, point.StandardError)}{theory}";
    }

    private List<LegendEntry> Entries()
    {
        List<LegendEntry> entries = [];
        if (series.Count < 2 && !HasTheory)
            return entries;
        foreach (DrawnSeries s in series)
        {
            entries.Add(new(s.Label.Length > 0 ? s.Label : "measured", (svg, box) =>
            {
                if (s.JoinedRuns.Count > 0)
                    svg.Line(new(box.Left, box.MiddleY), new(box.Right, box.MiddleY), ("stroke", s.Colour),
                        ("stroke-width", 0.8 * theme.LineStroke));
                if (!isDense)
                    Marker.Draw(svg, s.Index, new(box.MiddleX, box.MiddleY), MarkerRadius, s.Colour, theme.Background);
            }));
        }
        if (HasTheory)
        {
            string colour = series.Count == 1 && !isDense ? series[0].Colour : theme.Ink;
            entries.Add(new(plot.TheoryName, (svg, box) =>
                svg.Line(new(box.Left, box.MiddleY), new(box.Right, box.MiddleY), ("stroke", colour), ("stroke-width", theme.LineStroke))));
        }
        return entries;
    }

    /// <summary>At a word the series stand side by side, not on top of one another.</summary>
    private double Beside(DrawnSeries s) => plot.X.HasWords
        ? (s.Index - (series.Count - 1) / 2.0) * Math.Min(SharedByWord / series.Count, 0.35) : 0;

    private PaperPoint At(DrawnSeries s, double valueX, double valueY, Box frame) =>
        new(frame.Left + x!.Share(valueX + Beside(s)) * frame.Width, frame.Bottom - y!.Share(valueY) * frame.Height);

    private PaperPoint High(DrawnSeries s, LinePoint p, Box frame) => At(s, p.X, p.Value!.Value + (p.StandardError ?? 0), frame);

    // On a log axis a bar may reach below every positive number: it ends under the frame.
    private PaperPoint Low(DrawnSeries s, LinePoint p, Box frame)
    {
        PaperPoint low = At(s, p.X, p.Value!.Value - (p.StandardError ?? 0), frame);
        return double.IsFinite(low.Y) && low.Y < frame.Bottom + 10 ? low : low with { Y = frame.Bottom + 10 };
    }
}
