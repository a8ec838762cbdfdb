using System.Collections.Immutable;

namespace Sweeps.Dashboard.Plots;

/// <summary>A closed form on a grid of its own, finer than the measured one, for smooth iso-lines that reach the frame.</summary>
/// <param name="X">Rising values along x.</param>
/// <param name="Y">Rising values along y.</param>
/// <param name="Values">Row after row, <c>Values[j · X.Length + i]</c>; null where there is none.</param>
public sealed record FineTheory(ImmutableArray<double> X, ImmutableArray<double> Y, IReadOnlyList<double?> Values);
