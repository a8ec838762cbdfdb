namespace Sweeps.Benchmarks.Distribution;

/// <summary>What a test found.</summary>
/// <param name="Test">What was looked at.</param>
/// <param name="Value">The statistic, in words or figures.</param>
/// <param name="Law">What the law says it is.</param>
/// <param name="Deviate">How far off, as a standard normal deviate.</param>
internal sealed record Finding(string Test, string Value, string Law, double Deviate);
