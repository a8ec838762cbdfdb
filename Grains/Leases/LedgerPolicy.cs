namespace Sweeps.Grains.Leases;

/// <summary>The numbers by which a ledger decides.</summary>
public sealed record LedgerPolicy
{
    /// <summary>How long a lease lasts from its grant or renewal; null for ever, where worker and ledger live in one process.</summary>
    public TimeSpan? LeaseDuration { get; init; }

    /// <summary>A chunk that failed as a whole this many times is quarantined.</summary>
    public int MaximumFailures { get; init; } = 3;

    /// <summary>A chunk whose workers died, or were lost, this many times runs alone from then on.</summary>
    public int DeathsUntilAlone { get; init; } = 2;

    /// <summary>A chunk that ran alone and took its process down this many times, as its workers told, is quarantined.</summary>
    public int MaximumDeathsAlone { get; init; } = 2;

    /// <summary>
    /// A chunk whose workers died, or were lost, this many times is quarantined. Far above what bad luck with machines brings about: it is
    /// for a chunk that takes whole machines with it, which would go round for ever.
    /// </summary>
    public int MaximumDeaths { get; init; } = 10;
}
