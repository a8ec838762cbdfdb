using System.Collections.Immutable;

namespace Sweeps.Dashboard.Plots;

/// <summary>One colour and marker of a line plot.</summary>
/// <param name="Label">Name in the legend; may be empty when there is one series only.</param>
/// <param name="Points">In any order of x.</param>
public sealed record LineSeries(string Label, ImmutableArray<LinePoint> Points)
{
    /// <summary>The closed form on a finer grid; where not empty it replaces the theory of the points.</summary>
    public ImmutableArray<CurvePoint> TheoryCurve { get; init; } = [];
}
