namespace Sweeps.Dashboard.Plots;

/// <summary>One connected piece of an iso-line; a closed one ends where it starts.</summary>
public sealed record ContourLine(IReadOnlyList<PaperPoint> Points);
