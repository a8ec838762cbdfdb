namespace Sweeps.Grains.Hosts.Postgres;

/// <summary>A sweep as it is submitted.</summary>
internal sealed record NewSweep(string Name, string SpecJson, string SpecHash, long Points, int Chunks, long FailureBudget);
