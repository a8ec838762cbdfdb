using System.Collections.Immutable;
using Sweeps.Compute.Experiments;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Pages.Points;

/// <summary>One point of a sweep as its page shows it.</summary>
/// <param name="Sweep">Of which sweep.</param>
/// <param name="Spec">Its spec.</param>
/// <param name="Point">Grid index.</param>
/// <param name="Keys">Where it is.</param>
/// <param name="Sides">Its neighbours.</param>
/// <param name="Rows">What was measured; empty if it is not finished.</param>
/// <param name="Device">Kind of device that measured it.</param>
/// <param name="Curves">Name and picture of each curve.</param>
/// <param name="Failure">Why it has no row, if it failed.</param>
/// <param name="Trouble">Why its row cannot be read; null as a rule.</param>
public sealed record PointView(
    ServerSweep Sweep,
    SweepSpec Spec,
    long Point,
    PointKeys Keys,
    ImmutableArray<PointSide> Sides,
    ImmutableArray<QuantityRow> Rows,
    string? Device,
    ImmutableArray<(CurveObservable Observable, string Svg)> Curves,
    string? Failure,
    string? Trouble);

/// <summary>The neighbours of a point along one axis.</summary>
/// <param name="Axis">Which.</param>
/// <param name="Place">Number of the point's value.</param>
/// <param name="Previous">The point before; null at the end.</param>
/// <param name="Next">The point after; null at the end.</param>
public sealed record PointSide(Axis Axis, int Place, long? Previous, long? Next);

/// <summary>A measured quantity.</summary>
public sealed record QuantityRow(Quantity Quantity, double? Value, double? Error, double? Theory, double? Shift, double? Z);
