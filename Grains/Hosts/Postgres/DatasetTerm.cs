namespace Sweeps.Grains.Hosts.Postgres;

/// <summary>The right to work on a sweep's dataset, until it runs out.</summary>
internal sealed record DatasetTerm(long Sweep, string Silo, long Epoch)
{
    public string Role => $"dataset {Sweep}";
}
