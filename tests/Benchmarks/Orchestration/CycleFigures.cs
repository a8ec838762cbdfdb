namespace Sweeps.Benchmarks.Orchestration;

/// <summary>The most chunks that were claimed and completed per second, at any number of claimers.</summary>
/// <param name="Single">One at a time; NaN if not measured.</param>
/// <param name="Batched">In the largest batches; NaN if there were none.</param>
internal sealed record CycleFigures(double Single, double Batched);
