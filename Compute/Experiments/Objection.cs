namespace Sweeps.Compute.Experiments;

/// <summary>A reason why a combination of key values cannot run, found before anything runs.</summary>
/// <param name="Key">The key at fault.</param>
/// <param name="Mistake">What is wrong, one clause.</param>
/// <param name="Remedy">What to do, one clause.</param>
public sealed record Objection(string Key, string Mistake, string Remedy);
