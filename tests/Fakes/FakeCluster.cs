using System.Collections.Immutable;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Leases;
using Sweeps.Grains.Specs;

namespace Sweeps.Fakes;

/// <summary>A cluster in memory, which may be gone for a number of calls; what happens to its sweeps is written down beforehand.</summary>
internal sealed partial class FakeCluster : ISweepServer
{
    public const string Gone = "db.example.org does not answer; see whether the database runs";

    private readonly Dictionary<Guid, string> submissions = [];

    public List<FakeSweep> Sweeps { get; } = [];

    public List<ServerSilo> Silos { get; } = [];

    public int Closed { get; private set; }

    /// <summary>What happens next, each while somebody waits for it.</summary>
    public Queue<Action> Happenings { get; } = [];

    /// <summary>Calls that go unanswered from now on.</summary>
    public int Unanswered { get; set; }

    /// <summary>Submissions that are heard, though the answer is lost.</summary>
    public int AnswersLost { get; set; }

    /// <summary>Happens once, between a look at a sweep and the request that follows.</summary>
    public Action? AfterFind { get; set; }

    public string Address => "postgresql://ada@db.example.org/sweeps";

    /// <summary>A sweep of the small spec, a point a chunk.</summary>
    public FakeSweep Add(string id, SweepDemands? demands = null, string more = "")
    {
        var reading = SpecReader.Read(SpecText(more), "test.yaml", [], [new FakeExperiment()]);
        Assert.True(reading.IsValid, string.Join('\n', reading.Mistakes));
        var sweep = new FakeSweep(id, reading.Spec, demands);
        Sweeps.Insert(0, sweep);
        return sweep;
    }

    /// <summary>Ten points of five seconds each, so that each is a chunk.</summary>
    public static string SpecText(string more = "") =>
        $"name: drift\nexperiment: fake\naxes:\n  slope: {{ from: 1, to: 10, count: 10 }}\nfixed: {{ width: 5000 }}\n{more}";

    public Task<string> SubmitAsync(SweepSpec spec, SweepDemands demands, Guid submission, CancellationToken cancellation) => Answer(() =>
    {
        if (!submissions.TryGetValue(submission, out string? id))
        {
            id = submissions[submission] = $"{spec.Name}-{Sweeps.Count + 1}";
            Sweeps.Insert(0, new FakeSweep(id, spec, demands));
        }
        return AnswersLost-- > 0 ? throw new ServerException(Gone, isTransient: true) : id;
    }, cancellation);

    public Task<ImmutableArray<ServerSweep>> ListAsync(bool ended, CancellationToken cancellation) => Answer<ImmutableArray<ServerSweep>>(
        () => [.. Sweeps.Where(sweep => ended || !sweep.HasEnded).Select(sweep => sweep.Seen)], cancellation);

    public async Task<ServerSweep?> FindAsync(string id, CancellationToken cancellation)
    {
        var seen = await Answer(() => Find(id)?.Seen, cancellation);
        (AfterFind, var then) = (null, AfterFind);
        then?.Invoke();
        return seen;
    }

    public Task<ImmutableArray<ChunkEvidence>> EvidenceAsync(string id, int most, CancellationToken cancellation) =>
        Answer<ImmutableArray<ChunkEvidence>>(() => [.. Find(id)!.Evidence.Take(most)], cancellation);

    public Task<RecentChunks?> RecentChunksAsync(string id, CancellationToken cancellation) =>
        Answer(() => Find(id) is { } sweep ? new RecentChunks(DateTimeOffset.UnixEpoch, [.. sweep.RecentChunks]) : null, cancellation);

    public Task<ImmutableArray<ServerSilo>> SilosAsync(CancellationToken cancellation) =>
        Answer<ImmutableArray<ServerSilo>>(() => [.. Silos], cancellation);

    public Task<ServerAnswer> PauseAsync(string id, CancellationToken cancellation) =>
        Ask(id, sweep => sweep.Take(new LedgerEvent.Pause()), cancellation);

    public Task<ServerAnswer> ResumeAsync(string id, long? failureBudget, CancellationToken cancellation) =>
        Ask(id, sweep => sweep.Take(new LedgerEvent.Resume(failureBudget)), cancellation);

    public Task<ServerAnswer> CancelAsync(string id, CancellationToken cancellation) =>
        Ask(id, sweep => sweep.Take(new LedgerEvent.Cancel()), cancellation);

    public Task<ServerAnswer> ExtendAsync(string id, string from, SweepSpec spec, CancellationToken cancellation) =>
        Ask(id, sweep => sweep.Extend(from, spec), cancellation);

    /// <summary>Where nothing is to happen any more, who waits is kept waiting; else that is a mistake of the test.</summary>
    public bool IsPatient { get; set; }

    public Task WaitForChangeAsync(string id, TimeSpan longest, CancellationToken cancellation) => IsPatient && Happenings.Count == 0
        ? Task.Delay(Timeout.InfiniteTimeSpan, cancellation)
        : HappenAsync(cancellation);

    private Task<bool> HappenAsync(CancellationToken cancellation) => Answer(() =>
    {
        if (Happenings.Count == 0) throw new InvalidOperationException("whoever waits now waits for ever");
        Happenings.Dequeue()();
        cancellation.ThrowIfCancellationRequested();
        return true;
    }, cancellation);

    public ValueTask DisposeAsync()
    {
        Closed++;
        return ValueTask.CompletedTask;
    }

    private FakeSweep? Find(string id) => Sweeps.Find(sweep =>
        sweep.Id == id
        || (id.All(char.IsAsciiDigit) && sweep.Id.EndsWith($"-{id}", StringComparison.Ordinal)));

    private Task<ServerAnswer> Ask(string id, Func<FakeSweep, ServerAnswer> request, CancellationToken cancellation) =>
        Answer(() => Find(id) is { } sweep ? request(sweep) : new ServerAnswer.Unknown(), cancellation);

    // Never at once: a caller that forgets to wait is found out.
    private async Task<T> Answer<T>(Func<T> answer, CancellationToken cancellation)
    {
        await Task.Yield();
        cancellation.ThrowIfCancellationRequested();
        if (Unanswered <= 0) return answer();
        Unanswered--;
        throw new ServerException(Gone, isTransient: true);
    }
}
