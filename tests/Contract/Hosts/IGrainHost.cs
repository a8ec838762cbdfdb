using Sweeps.Grains.Hosts;

namespace Sweeps.Contract.Hosts;

/// <summary>The port of the contract: a host of sweep grains.</summary>
public interface IGrainHost
{
    /// <summary>A grain of a sweep of which nothing is done. Leases last far longer than any test.</summary>
    Task<IGrainUnderTest> NewAsync(int chunks, long failureBudget = 1_000_000);
}

/// <summary>A grain, and what tests do to its host.</summary>
public interface IGrainUnderTest : IAsyncDisposable
{
    ISweepGrain Grain { get; }
}

/// <summary>A host where leases expire.</summary>
public interface IExpiringGrainHost : IGrainHost
{
    /// <summary>Lets the time of all leases that this grain has granted run out, and the host see it.</summary>
    Task ExpireAllAsync(IGrainUnderTest grain);

    /// <summary>The silo of a worker is lost, and the host sees it before any lease has run out.</summary>
    Task LoseAsync(IGrainUnderTest grain, string worker);
}
