namespace Sweeps.Benchmarks.Comparisons;

/// <summary>What a side took, in seconds.</summary>
internal readonly record struct Timing(string Name, double Best, double Median);
