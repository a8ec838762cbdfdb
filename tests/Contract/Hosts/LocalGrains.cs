using Sweeps.Grains.Hosts;
using Sweeps.Grains.Hosts.Local;
using Sweeps.Grains.Leases;

namespace Sweeps.Contract.Hosts;

/// <summary>Grains in this process.</summary>
public sealed class LocalGrains : IGrainHost
{
    public Task<IGrainUnderTest> NewAsync(int chunks, long failureBudget) => Task.FromResult<IGrainUnderTest>(new LocalGrain(
        new LocalSweepGrain(new SweepLedger(new LedgerPolicy(), SamplePoints.Of), LedgerState.Begin(chunks, failureBudget), TimeProvider.System)));

    private sealed class LocalGrain(LocalSweepGrain grain) : IGrainUnderTest
    {
        public ISweepGrain Grain => grain;

        public ValueTask DisposeAsync() => grain.DisposeAsync();
    }
}

public sealed class LocalClaimTests() : ClaimContract(new LocalGrains());

public sealed class LocalLeaseTests() : LeaseContract(new LocalGrains());

public sealed class LocalFailureTests() : FailureContract(new LocalGrains());

public sealed class LocalPhaseTests() : PhaseContract(new LocalGrains());

public sealed class LocalExtensionTests() : ExtensionContract(new LocalGrains());

public sealed class LocalModelTests() : ModelContract(new LocalGrains());
