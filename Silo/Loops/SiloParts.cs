using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Telemetry.Recording;
using Sweeps.Grains.Workers;
using Sweeps.Silo.Datasets;
using Sweeps.Silo.Health;

namespace Sweeps.Silo.Loops;

/// <summary>What a silo is made of.</summary>
internal sealed record SiloParts
{
    public required ISiloServer Server { get; init; }

    public required ISiloDatasets Datasets { get; init; }

    /// <summary>A lane each.</summary>
    public required ImmutableArray<ILaneDevice> Devices { get; init; }

    /// <summary>Where the dangerous chunks of a sweep run that a lane on this device has claimed.</summary>
    public required Func<SweepRecord, ILaneDevice, IChunkProcess> Alone { get; init; }

    public required SiloHealth Health { get; init; }

    public required SiloTiming Timing { get; init; }

    /// <summary>Name of the machine.</summary>
    public required string Host { get; init; }

    /// <summary>The data folder, for people.</summary>
    public required string Data { get; init; }

    public required ILogger Log { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Called when it has had nothing to do for a moment.</summary>
    public Action GiveBackMemory { get; init; } = ManagedHeap.GiveBack;

    /// <summary>Record what it does; null where nobody wants to know.</summary>
    public SweepsMetrics? Metrics { get; init; }
}

/// <summary>How often and how long.</summary>
/// <param name="Grace">A drain may take this long.</param>
/// <param name="LostAfter">Silence after which others take its chunks.</param>
/// <param name="IdleExit">Null: never.</param>
internal sealed record SiloTiming(TimeSpan Grace, TimeSpan LostAfter, TimeSpan? IdleExit)
{
    /// <summary>The longest wait for news of who has nothing to do.</summary>
    public static readonly TimeSpan Asking = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait for news of a lane that works: it leaves only after its chunk, which takes about as long.</summary>
    public static readonly TimeSpan AskingAtWork = TimeSpan.FromSeconds(5);

    /// <summary>What lanes may take to hand back their chunks after the grace time.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);

    /// <summary>Between two heartbeats, and two renewals of a term.</summary>
    public TimeSpan Heartbeat => LostAfter / 5;

    /// <summary>Between two looks at the whole cluster by whoever keeps house.</summary>
    public static readonly TimeSpan Reading = TimeSpan.FromSeconds(5);

    public TimeSpan Housekeeping => LostAfter / 4 < TimeSpan.FromSeconds(1) ? LostAfter / 4 : TimeSpan.FromSeconds(1);
}
