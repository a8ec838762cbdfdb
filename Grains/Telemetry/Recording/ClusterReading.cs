using System.Collections.Immutable;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Leases;

namespace Sweeps.Grains.Telemetry.Recording;

/// <summary>How a cluster stands at a moment.</summary>
/// <param name="Sweeps">Those that go on.</param>
/// <param name="Silos">Null where there is no cluster.</param>
public sealed record ClusterReading(ImmutableArray<SweepReading> Sweeps, SiloReading? Silos)
{
    public static ClusterReading Of(IEnumerable<ServerSweep> sweeps, IEnumerable<ServerSilo> silos) =>
        new([.. sweeps.Select(SweepReading.Of)], SiloReading.Of(silos));
}

/// <summary>How a sweep stands.</summary>
/// <param name="Sweep">Its id.</param>
/// <param name="Points">Of its grid.</param>
/// <param name="Progress">Chunks and points by state.</param>
/// <param name="Lanes">That hold chunks of it.</param>
/// <param name="Remaining">Predicted; null without a rate.</param>
public sealed record SweepReading(string Sweep, long Points, LedgerProgress Progress, int Lanes, TimeSpan? Remaining)
{
    /// <summary>Points that may fail; null where there is no limit.</summary>
    public long? FailureBudget { get; init; }

    public static SweepReading Of(ServerSweep sweep) => new(sweep.Id, sweep.Points, sweep.Progress, sweep.Lanes, sweep.Remaining)
    {
        FailureBudget = sweep.FailureBudget,
    };
}

/// <summary>How many silos and lanes there are.</summary>
public sealed record SiloReading(int Working, int Draining, int Lost, int LanesWorking, int LanesIdle)
{
    public static SiloReading Of(IEnumerable<ServerSilo> silos)
    {
        var byState = silos.ToLookup(silo => silo.State);
        var lanes = byState.Where(group => group.Key != "lost").SelectMany(group => group).SelectMany(silo => silo.Lanes).ToArray();
        int working = lanes.Count(lane => lane.Sweep is not null);
        return new(byState["working"].Count(), byState["draining"].Count(), byState["lost"].Count(), working, lanes.Length - working);
    }
}
