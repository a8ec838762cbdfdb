namespace Sweeps.Benchmarks.Comparisons;

/// <summary>One of those that are compared.</summary>
/// <param name="Name">As it stands in the table.</param>
/// <param name="Round">Does the work once and returns the seconds it took, by a clock of its own.</param>
internal sealed record Side(string Name, Func<double> Round);
