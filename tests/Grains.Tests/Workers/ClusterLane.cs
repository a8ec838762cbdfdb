using Sweeps.Compute.Devices;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Datasets.Parquet;
using Sweeps.Grains.Hosts.Local;
using Sweeps.Grains.Leases;
using Sweeps.Grains.Planning;
using Sweeps.Grains.Specs;
using Sweeps.Grains.Telemetry;
using Sweeps.Grains.Tests.Datasets;
using Sweeps.Grains.Tests.Hosts.Local;
using Sweeps.Grains.Tests.Specs;
using Sweeps.Grains.Workers;

namespace Sweeps.Grains.Tests.Workers;

/// <summary>
/// A lane of one thread in a cluster that the test plays: four chunks of five points, no curves, leases of half a minute on a clock that
/// stands still. Point 0 waits for <see cref="Go"/>, so that the test can come first.
/// </summary>
internal sealed class ClusterLane : IAsyncDisposable
{
    public const string Text = "name: a\nexperiment: gaussian-mixture\naxes: { drift: { from: 0, to: 19, count: 20 } }\ntimes: []\n";

    public static readonly TimeSpan Third = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    private readonly SweepScratch scratch = new();
    private readonly FakeLaneDevice device = new("cpu", 1);
    private readonly LocalSweepGrain host;
    private readonly PointGrid grid;
    private readonly ManualResetEventSlim go = new();
    private int links;

    /// <param name="serverLease">How long leases last in the ledger; null for ever, so that only the script refuses.</param>
    /// <param name="leasesExpire">False for a grain that says that they never do.</param>
    public ClusterLane(TimeSpan? serverLease = null, bool leasesExpire = true)
    {
        Experiment = new FakeMixture
        {
            Cost = _ => 1,
            InTheMiddle = (keys, _) =>
            {
                Log.Add($"begun {keys["drift"].AsReal()}");
                Assert.True(keys["drift"].AsReal() > 0 || go.Wait(Deadline));
                if (LostAtPoint > 0 && keys["drift"].AsReal() == LostAtPoint && Log.CountOf($"begun {LostAtPoint}") == 1)
                    throw new DeviceException(DeviceFailure.Lost, "lost");
            },
        };
        var spec = Spec = SweepScratch.Spec(Text, Experiment);
        grid = new(spec);
        Plan = new(grid);
        Assert.Equal(4, Plan.ChunkCount);
        Assert.IsType<LocalSweepOpening.Opened>(scratch.Open(spec)).Sweep.Dispose(); // makes the folder
        Disk = new()
        {
            AfterStep = name =>
            {
                Log.Add(name);
                if (name != "Link") return;
                links++;
                if (links == MovedAtLink) throw new DatasetMovedException("another generation");
                if (links == FailsAtLink) throw new IOException("no room");
            },
        };
        Publication = new(new DatasetFolder(scratch.Path), spec, new ParquetFormat(threads: 1), Disk);
        var ledger = new SweepLedger(new LedgerPolicy { LeaseDuration = serverLease }, chunk => Plan.ChunkAt(chunk).Count);
        host = new(ledger, LedgerState.Begin(Plan.ChunkCount, 100), Time);
        Grain = new(host, Log, leasesExpire ? 3 * Third : null);
    }

    public LaneLog Log { get; } = new();

    public ManualTime Time { get; } = new();

    public ScriptedGrain Grain { get; }

    public SweepSpec Spec { get; }

    public ChunkPlan Plan { get; }

    public FakeMixture Experiment { get; }

    public FaultyDisk Disk { get; }

    public PartPublication Publication { get; }

    /// <summary>At which link, from 1, the dataset is found to be another.</summary>
    public int MovedAtLink { get; init; }

    /// <summary>At which link the disk fails.</summary>
    public int FailsAtLink { get; init; }

    /// <summary>At which point, other than 0, the device is lost for the first time.</summary>
    public int LostAtPoint { get; init; }

    public IChunkProcess? Process { get; set; }

    public LaneRecorder? Recorder { get; set; }

    public WhenPaused WhenPaused { get; init; } = WhenPaused.Return;

    public CancellationTokenSource Drain { get; } = new();

    public CancellationTokenSource Cancellation { get; } = new();

    /// <summary>Points in place.</summary>
    public long[] Placed => [.. scratch.PlainPoints().Order()];

    /// <summary>The lane at work, with point 0 begun if anything is granted.</summary>
    public Task Start() => Task.Run(() => new Lane(
        device, Grain, grid, Plan, new PointSet(), Publication, new LoggingWatch(Log), Time, Process, WhenPaused, Recorder)
        .RunAsync("test", Drain.Token, Cancellation.Token)).WaitAsync(Deadline);

    /// <summary>Lets point 0 end.</summary>
    public void Go() => go.Set();

    /// <summary>A chunk that was just granted, staged with no row in it.</summary>
    internal ChunkRun StagedRun(Lease lease)
    {
        var run = new ChunkRun(lease, Plan.ChunkAt(lease.Id.Chunk), new PointSet(), Time.GetTimestamp());
        run.Part = Publication.Begin(run.Chunk.FirstPoint, lease.Id.Epoch);
        run.Part.Stage();
        return run;
    }

    public Task<LedgerProgress> ProgressAsync() => host.ProgressAsync();

    /// <summary>The ledger forgets a lease, as if it had expired.</summary>
    public async Task Lose(int chunk) =>
        Assert.Null(Assert.Single(await host.ReleaseAsync([Grain.Granted.Last(lease => lease.Id.Chunk == chunk).Id])));

    public string Digest() => scratch.Digest();

    public static Task<string> Undisturbed() => SweepScratch.Undisturbed(Text);

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        go.Dispose();
        device.Dispose();
        Drain.Dispose();
        Cancellation.Dispose();
        scratch.Dispose();
    }
}
