namespace Sweeps.Dashboard.Plots;

/// <summary>Lays out and draws one <see cref="HeatMap"/>.</summary>
internal sealed class HeatMapPainter
{
    private const int MostLevels = 7;
    private const double SmallestFrame = 24;

    private readonly HeatMap map;
    private readonly PlotTheme theme;
    private readonly GridAxis x;
    private readonly GridAxis y;
    private readonly double[] values;
    private readonly double[] theory;
    private readonly ColourScale? scale;
    private readonly SvgDocument page;

    public HeatMapPainter(HeatMap map, PlotSize size, PlotTheme theme)
    {
        (this.map, this.theme) = (map, theme);
        (x, y) = (new(map.X), new(map.Y));
        values = Sorted(map.Values);
        theory = Sorted(map.Theory);
        scale = ColourScale.Of(map.Colours, values, map.ColourRange);
        double[] finite = [.. values.Where(double.IsFinite)];
        int shown = finite.Length;
        string description = $"Heat map of {map.Quantity} over {map.X.Label} (horizontal, {map.X.Count} values) "
            + $"and {map.Y.Label} (vertical, {map.Y.Count} values); {shown} of {values.Length} cells have a value"
            + (shown > 0 ? $", from {NumberLabels.Short(finite.Min())} to {NumberLabels.Short(finite.Max())}." : ".");
        page = new(size, theme, map.Title, map.Caption, description, hasLinks: map.LinkOf is not null);
    }

    private string NullPaint => $"url(#{page.Id}-null)";

    public string Draw()
    {
        if (values.Length == 0)
            return page.NothingToShow($"the grid of {map.X.Label} and {map.Y.Label} has no cells.");
        if (scale is null || values.All(double.IsNaN))
        {
            string cells = values.Length == 1 ? "the one cell" : $"{values.Length} cells";
            return page.NothingToShow($"no finite value of {map.Quantity} in {cells} ({map.NullMeaning}).");
        }
        ColourBar bar = new(scale, map.Quantity, theme) { Unit = map.Unit };
        Field? theoryField = TheoryField();
        Field? measuredField = map.DrawsMeasuredLines && ContourOverlay.CanShow(x, y) ? Gridded(values) : null;
        bool isOneScale = map.Levels is null && !map.Colours.IsDiverging;

        Legend legend = Legend.Rows(Entries(theoryField is not null, measuredField is not null), page.Area.Width, theme);
        Box room = Box.Between(page.Area.Left, page.Area.Top + (legend.Height > 0 ? legend.Height + 4 : theme.SmallType / 2),
            page.Area.Right, page.Area.Bottom);
        (Box frame, AxisLayout below, AxisLayout beside) = Arrange(room, bar);
        CellPainter cellPainter = new(page.Svg, frame, x, y, scale, values, page.Id + "-null");
        Tick[] levels = Levels(isOneScale ? bar.Layout(frame.Height).Ticks : null, theoryField);

        DrawNullPattern();
        legend.Draw(page.Svg, Math.Min(frame.Left, page.Area.Right - legend.Width), page.Area.Top);
        cellPainter.Draw(Tooltip, map.LinkOf is { } linkOf ? (i, j) => linkOf(x.Order[i], y.Order[j]) : null);
        DrawOverlay(frame, theoryField, measuredField, levels);
        FramePainter painter = new(page.Svg, frame, theme);
        painter.DrawBorder();
        painter.DrawBottom(x.Axis, below, isInward: false);
        painter.DrawLeft(y.Axis, beside, isInward: false);
        bar.Draw(page.Svg, frame, isOneScale && (theoryField ?? measuredField) is not null ? levels : [], page.Id);
        return page.Finish();
    }

    /// <summary>The frame depends on the labels and these on the frame: three rounds settle both.</summary>
    private (Box Frame, AxisLayout Below, AxisLayout Beside) Arrange(Box room, ColourBar bar)
    {
        Box frame = Box.Between(room.Left + 35, room.Top, room.Right - 45, room.Bottom - 25);
        for (int round = 0; ; round++)
        {
            AxisLayout below = WithoutMinor(AxisLayout.Horizontal(x.Axis, AxisTitle.Of(map.X.Label, map.X.Unit, x.Axis.Exponent),
                x.TicksAtValues(), frame.Width,
                Math.Min(frame.Width + 30, room.Width), theme), x);
            AxisLayout beside = WithoutMinor(
                AxisLayout.Vertical(y.Axis, AxisTitle.Of(map.Y.Label, map.Y.Unit, y.Axis.Exponent), y.TicksAtValues(), frame.Height,
                    theme), y);
            if (round == 3)
                return (frame, below, beside);
            double left = room.Left + Math.Max(beside.Thickness, below.Overhang);
            frame = new(left, room.Top, Math.Max(room.Right - bar.Thickness(frame.Height) - left, SmallestFrame),
                Math.Max(room.Bottom - below.Thickness - room.Top, SmallestFrame));
        }
    }

    // Between cells only a log axis gains from minor marks.
    private static AxisLayout WithoutMinor(AxisLayout layout, GridAxis axis) =>
        axis.Axis is LogAxis ? layout : layout with { Ticks = [.. layout.Ticks.Where(t => t.IsMajor)] };

    private void DrawOverlay(Box frame, Field? theoryField, Field? measuredField, IReadOnlyList<Tick> levels)
    {
        if (theoryField is null && measuredField is null)
            return;
        page.Svg.Open("clipPath", ("id", page.Id + "-frame"));
        page.Svg.Leaf("rect", frame.Place);
        page.Svg.Close();
        page.Svg.Open("g", ("clip-path", $"url(#{page.Id}-frame)"), ("pointer-events", "none"));
        ContourOverlay overlay = new(page.Svg, frame, x, y, theme);
        if (measuredField is not null)
            overlay.Draw(measuredField, levels, isDashed: true);
        if (theoryField is not null)
            overlay.Draw(theoryField, levels, isDashed: false);
        page.Svg.Close();
    }

    private Tick[] Levels(IReadOnlyList<Tick>? barTicks, Field? theoryField)
    {
        if (map.Levels is { } asked)
            return [.. asked.Where(double.IsFinite).Select(level => new Tick(level, NumberLabels.Short(level)))];
        IEnumerable<IReadOnlyList<Tick>> candidates = barTicks is not null ? [barTicks]
            : (theoryField?.Range ?? scale?.Range) is { } range ? Ticks.Linear(range, Ticks.Exponent(range)) : [];
        Tick[][] majors = [.. candidates.Select(ticks => ticks.Where(t => t.IsMajor).ToArray())];
        return majors.FirstOrDefault(ticks => ticks.Length <= MostLevels)
            ?? [.. majors.SelectMany(ticks => ticks.Where((_, i) => i % 2 == 0))];
    }

    private List<LegendEntry> Entries(bool hasTheory, bool hasMeasuredLines)
    {
        List<LegendEntry> entries = [];
        if (hasTheory)
            entries.Add(new(map.TheoryName, (svg, box) => ContourOverlay.DrawSample(svg, box, theme, isDashed: false)));
        if (hasMeasuredLines)
            entries.Add(new("measured", (svg, box) => ContourOverlay.DrawSample(svg, box, theme, isDashed: true)));
        if (values.Any(double.IsNaN))
        {
            entries.Add(new(map.NullMeaning, (svg, box) => svg.Leaf("rect",
                [("x", box.Left + 3), ("y", box.Top - 0.5), ("width", box.Width - 4), ("height", box.Height + 1), ("fill", NullPaint),
                ("stroke", theme.Ink), ("stroke-width", 0.4)])));
        }
        return entries;
    }

    private void DrawNullPattern()
    {
        SvgWriter svg = page.Svg;
        svg.Open("pattern", ("id", page.Id + "-null"), ("width", 4), ("height", 4), ("patternUnits", "userSpaceOnUse"));
        svg.Leaf("rect", [("width", 4), ("height", 4), ("fill", theme.NullFill)]);
        svg.Leaf("path", [("d", "M-1 1L1 -1M0 4L4 0M3 5L5 3"), ("stroke", theme.NullHatch), ("stroke-width", 0.5)]);
        svg.Close();
    }

    private string Tooltip(int i, int j)
    {
        int at = Caller(i, j);
        double value = values[j * x.Centres.Length + i];
        bool hasTheory = !map.Colours.IsDiverging && map.Theory.Count > 0 && map.Theory[at] is { } closedForm
            && double.IsFinite(closedForm);
        string words = !double.IsNaN(value) ? NumberLabels.Measured(value, map.Errors.Count > 0 ? map.Errors[at] : null)
            : hasTheory ? MissingValue.NotFound
            : map.NullMeaning;
        return $"{x.Name(i)}, {y.Name(j)}: {words}"
            + (hasTheory ? $" ({map.TheoryName} {NumberLabels.Short(map.Theory[at]!.Value, 5)})" : "");
    }

    private Field? TheoryField()
    {
        if (map.FineTheory is not { } fine)
            return theory.Any(double.IsFinite) && ContourOverlay.CanShow(x, y) ? Gridded(theory) : null;
        if (fine.Values.Count != (long)fine.X.Length * fine.Y.Length)
            throw new ArgumentException($"The fine theory has {fine.Values.Count} entries; {fine.X.Length} × {fine.Y.Length} are needed.");
        Field field = new([.. fine.X.Select(x.Axis.Coordinate)], [.. fine.Y.Select(y.Axis.Coordinate)],
            [.. fine.Values.Select(FiniteOrNaN)]);
        return field.Range is null ? null : field;
    }

    private Field Gridded(double[] sorted) => new(x.Centres, y.Centres, sorted);

    private double[] Sorted(IReadOnlyList<double?> given)
    {
        if (given.Count == 0)
            return [];
        double[] sorted = new double[given.Count];
        for (int j = 0; j < y.Centres.Length; j++)
        {
            for (int i = 0; i < x.Centres.Length; i++)
                sorted[j * x.Centres.Length + i] = FiniteOrNaN(given[Caller(i, j)]);
        }
        return sorted;
    }

    private int Caller(int i, int j) => y.Order[j] * x.Centres.Length + x.Order[i];

    private static double FiniteOrNaN(double? value) => value is { } v && double.IsFinite(v) ? v : double.NaN;
}
