using System.Collections.Concurrent;
using Sweeps.Grains.Hosts;
using Sweeps.Silo.Datasets;
using Sweeps.Silo.Health;
using Sweeps.Silo.Logging;

namespace Sweeps.Silo.Loops;

/// <summary>What the loops of a silo share.</summary>
internal sealed class SiloTools
{
    public SiloTools(SiloParts parts, Workload workload)
    {
        Parts = parts;
        Jitter = new(parts.Host);
        ServerOutage = new(parts.Log.ServerAway, parts.Log.ServerBack);
        Calls = new(ServerOutage, Jitter, parts.Time);
        DataOutage = new(parts.Log.DataAway, parts.Log.DataBack);
        Datasets = new(parts.Datasets);
        Workload = workload;
    }

    public SiloParts Parts { get; }

    public ServerCalls Calls { get; }

    public Outage ServerOutage { get; }

    public Outage DataOutage { get; }

    public Jitter Jitter { get; }

    public OpenDatasets Datasets { get; }

    public Workload Workload { get; }

    /// <summary>Sweeps that this registration has refused, by number and generation.</summary>
    public ConcurrentDictionary<(long Number, int Generation), string> Refused { get; } = [];

    /// <summary>Until there may be something to do: so long at most, and not equally long for all.</summary>
    public Task WaitForNewsAsync(LoopPulse pulse, TimeSpan longest, CancellationToken stop) => Calls.AskAsync(
        pulse, cancellation => Parts.Server.WaitForNewsAsync(Jitter.Of(longest), cancellation), stop);

    public static (long Number, int Generation) KeyOf(SweepRecord sweep) => (sweep.Number, sweep.Generation);
}
