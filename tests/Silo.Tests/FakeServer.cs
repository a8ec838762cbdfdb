using Sweeps.Grains.Hosts;
using Sweeps.Grains.Leases;
using Sweeps.Grains.Telemetry.Recording;

namespace Sweeps.Silo.Tests;

/// <summary>A server that does as the test says, and tells the journal.</summary>
internal sealed class FakeServer(Journal journal, ManualTime time) : ISiloServer
{
    private int registrations;
    private volatile Func<int, SweepRecord?> choose = _ => null;
    private volatile string? away;
    private volatile bool isKnown = true;
    private TaskCompletionSource news = New();

    public string Silo { get; private set; } = "nobody";

    /// <summary>Which sweep a lane gets; setting it is news.</summary>
    public Func<int, SweepRecord?> Choose
    {
        get => choose;
        set
        {
            choose = value;
            Interlocked.Exchange(ref news, New()).SetResult();
        }
    }

    /// <summary>Why it cannot be had; null: it can.</summary>
    public string? Away
    {
        get => away;
        set => away = value;
    }

    /// <summary>Whether the registration holds; a new one holds again.</summary>
    public bool IsKnown
    {
        get => isKnown;
        set => isKnown = value;
    }

    public SiloDescription? Description { get; private set; }

    /// <summary>Jobs to take, once each.</summary>
    public Queue<DatasetJob> Jobs { get; } = [];

    /// <summary>Called at each housekeeping.</summary>
    public Action Housekeeps { get; set; } = () => { };

    public bool RenewsTerm { get; set; } = true;

    public Task RegisterAsync(SiloDescription description, CancellationToken cancellation)
    {
        Check();
        Description = description;
        Silo = FormattableString.Invariant($"host-{++registrations}");
        isKnown = true;
        journal.Add($"register {Silo}");
        return Task.CompletedTask;
    }

    public Task<bool> BeatAsync(bool draining, CancellationToken cancellation)
    {
        Check();
        journal.Add(draining ? "beat draining" : "beat");
        return Task.FromResult(isKnown);
    }

    public Task<SweepRecord?> ChooseAsync(int lane, CancellationToken cancellation)
    {
        Check();
        var chosen = choose(lane);
        journal.Add(FormattableString.Invariant($"choose {lane}"));
        return Task.FromResult(chosen);
    }

    // The fake datasets ask it nothing.
    public ISweepGrain GrainOf(SweepRecord sweep, Func<int, int> pointsOf) => null!;

    public Task RefuseAsync(SweepRecord sweep, string reason, CancellationToken cancellation)
    {
        Check();
        journal.Add($"refuse {sweep.Folder}: {reason}");
        return Task.CompletedTask;
    }

    public Task<DatasetJob?> TakeDatasetJobAsync(CancellationToken cancellation)
    {
        Check();
        return Task.FromResult(Jobs.TryDequeue(out var job) ? job : null);
    }

    public Task<bool> RenewDatasetJobAsync(DatasetJob job, CancellationToken cancellation)
    {
        Check();
        journal.Add("renew");
        return Task.FromResult(RenewsTerm);
    }

    public Task<bool> EndDatasetJobAsync(DatasetJob job, LedgerHoldings? holdings, CancellationToken cancellation)
    {
        Check();
        journal.Add($"end {job.Sweep.Folder} {holdings?.PointsDone}");
        return Task.FromResult(true);
    }

    public Task FailDatasetJobAsync(DatasetJob job, string reason, CancellationToken cancellation)
    {
        Check();
        journal.Add($"fail {job.Sweep.Folder}: {reason}");
        return Task.CompletedTask;
    }

    /// <summary>Whether this silo holds the term of housekeeping.</summary>
    public bool KeepsHouse { get; set; } = true;

    /// <summary>How the cluster stands.</summary>
    public ClusterReading Cluster { get; set; } = new([], null);

    /// <summary>How it is asked; null: it says so at once.</summary>
    public Func<CancellationToken, Task<ClusterReading>>? ReadsCluster { get; set; }

    public Task<bool> HousekeepAsync(CancellationToken cancellation)
    {
        Check();
        journal.Add("housekeep");
        Housekeeps();
        return Task.FromResult(KeepsHouse);
    }

    public Task<ClusterReading> ReadClusterAsync(CancellationToken cancellation)
    {
        Check();
        journal.Add("read cluster");
        return ReadsCluster is { } reads ? reads(cancellation) : Task.FromResult(Cluster);
    }

    public async Task WaitForNewsAsync(TimeSpan longest, CancellationToken cancellation)
    {
        Check();
        var next = Volatile.Read(ref news).Task;
        bool works = longest > TimeSpan.FromSeconds(1);
        Assert.InRange(longest, TimeSpan.FromSeconds(works ? 2.5 : 0.5), TimeSpan.FromSeconds(works ? 5 : 1));
        journal.Add(works ? "wait at work" : "wait");
        try
        {
            await next.WaitAsync(longest, time, cancellation);
        }
        catch (TimeoutException)
        {
            return;
        }
    }

    public Task LeaveAsync(CancellationToken cancellation)
    {
        Check();
        journal.Add("leave");
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => default;

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Check()
    {
        if (away is { } reason) throw new ServerException(reason);
    }
}
