namespace Sweeps.Dashboard.Plots;

/// <summary>What is written along one side of the frame, chosen so that no label touches another, and the room it takes.</summary>
internal sealed record AxisLayout
{
    public const double TickLength = 3;
    public const double Gap = 2.5;
    public const double TurnDegrees = 40;
    private const double LineHeight = 1.2;
    private const double BetweenAcross = 5;
    private const double BetweenDown = 3;

    /// <summary>Marks to draw.</summary>
    public required IReadOnlyList<Tick> Ticks { get; init; }

    public required IReadOnlyList<string> TitleLines { get; init; }

    /// <summary>Whether the labels under a horizontal axis are turned.</summary>
    public bool IsTurned { get; init; }

    /// <summary>Extent of the longest label away from the axis.</summary>
    public required double LabelDepth { get; init; }

    /// <summary>How far turned labels reach beyond the start of the axis.</summary>
    public double Overhang { get; init; }

    /// <summary>From the frame to the outermost ink.</summary>
    public required double Thickness { get; init; }

    public static AxisLayout Horizontal(
        Axis axis, string title, IReadOnlyList<Tick>? preferred, double length, double titleWidth, PlotTheme theme)
    {
        double size = theme.SmallType;
        double Extent(Tick tick) => TextMetrics.Width(tick.Label, size) + BetweenAcross;
        double angle = TurnDegrees * Math.PI / 180;
        IReadOnlyList<string> lines = TextWrap.Lines(title, theme.LabelType, titleWidth, 2);
        IReadOnlyList<Tick>? ticks = FirstFit(Candidates(axis, preferred, length / 28), axis, length, Extent);
        // Words need to stay: rather turned than left out.
        bool isTurned = axis.NeedsAllLabels && (ticks is null || ticks.Count < axis.Coordinates.Length - 0.5);
        if (isTurned)
            ticks = FirstFit(axis.TickCandidates(), axis, length, _ => size * LineHeight / Math.Sin(angle));
        ticks ??= Thinned(axis, preferred, length, Extent);
        double widest = ticks.Select(t => TextMetrics.Width(t.Label, size)).DefaultIfEmpty(0).Max();
        double depth = isTurned ? widest * Math.Sin(angle) + size * Math.Cos(angle) * 0.8 : size * 0.95;
        double overhang = isTurned
            ? ticks.Select(t => TextMetrics.Width(t.Label, size) * Math.Cos(angle) - axis.Share(t.At) * length).DefaultIfEmpty(0).Max()
            : 0;
        return new()
        {
            Ticks = ticks,
            TitleLines = lines,
            IsTurned = isTurned,
            LabelDepth = depth,
            Overhang = Math.Max(0, overhang),
            Thickness = TickLength + Gap + depth + TitleThickness(lines.Count, theme),
        };
    }

    public static AxisLayout Vertical(Axis axis, string title, IReadOnlyList<Tick>? preferred, double length, PlotTheme theme)
    {
        double size = theme.SmallType;
        double Extent(Tick tick) => size * 0.75 + BetweenDown;
        IReadOnlyList<string> lines = TextWrap.Lines(title, theme.LabelType, length, 2);
        IReadOnlyList<Tick> ticks = FirstFit(Candidates(axis, preferred, length / 22), axis, length, Extent)
            ?? Thinned(axis, preferred, length, Extent);
        double depth = ticks.Select(t => TextMetrics.Width(t.Label, size)).DefaultIfEmpty(0).Max();
        return new()
        {
            Ticks = ticks,
            TitleLines = lines,
            LabelDepth = depth,
            Thickness = TickLength + Gap + depth + TitleThickness(lines.Count, theme),
        };
    }

    /// <summary>Whether labels of the given extents along the axis keep apart.</summary>
    public static bool Fits(IReadOnlyList<Tick> ticks, Axis axis, double length, Func<Tick, double> extent)
    {
        Tick? last = null;
        foreach (Tick tick in ticks.Where(t => t.IsMajor))
        {
            if (last is { } before && Math.Abs(axis.Share(tick.At) - axis.Share(before.At)) * length < (extent(tick) + extent(before)) / 2)
                return false;
            last = tick;
        }
        return true;
    }

    private static double TitleThickness(int lines, PlotTheme theme) => lines == 0 ? 0 : Gap + lines * theme.LabelType * LineHeight;

    private static IEnumerable<IReadOnlyList<Tick>> Candidates(Axis axis, IReadOnlyList<Tick>? preferred, double most)
    {
        if (preferred is not null)
            yield return preferred;
        foreach (IReadOnlyList<Tick> ticks in axis.TickCandidates())
        {
            if (axis.NeedsAllLabels || ticks.Count(t => t.IsMajor) <= Math.Max(most, 2))
                yield return ticks;
        }
    }

    private static IReadOnlyList<Tick>? FirstFit(
        IEnumerable<IReadOnlyList<Tick>> candidates, Axis axis, double length, Func<Tick, double> extent) =>
        candidates.FirstOrDefault(ticks => Fits(ticks, axis, length, extent));

    /// <summary>The last resort: of the sparsest candidate the labels, from the start, that keep apart.</summary>
    private static List<Tick> Thinned(Axis axis, IReadOnlyList<Tick>? preferred, double length, Func<Tick, double> extent)
    {
        List<Tick> kept = [];
        foreach (Tick tick in (axis.TickCandidates().LastOrDefault() ?? preferred ?? []).Where(t => t.IsMajor))
        {
            if (Fits([.. kept, tick], axis, length, extent))
                kept.Add(tick);
        }
        return kept;
    }
}
