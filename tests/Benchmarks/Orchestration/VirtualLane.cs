using Sweeps.Grains.Hosts;
using Sweeps.Grains.Hosts.Postgres;
using Sweeps.Grains.Leases;

namespace Sweeps.Benchmarks.Orchestration;

/// <summary>
/// A lane of one thread: it computes a chunk, keeps two waiting, completes what is done, renews what it holds, and asks whether it is wanted
/// elsewhere; only the computing is virtual.
/// </summary>
internal sealed class VirtualLane
{
    private const int Ahead = 2;

    // A silo's lane asks each 3 to 6 s.
    private const double Renewal = 20, Asking = 4.5, ChunkSeconds = 5, Variation = 0.1;

    private readonly int number, lane;
    private readonly PostgresSiloServer server;
    private readonly ISweepGrain grain;
    private readonly VirtualClock clock;
    private readonly Calls calls;
    private readonly object gate = new();
    private readonly Queue<Lease> waiting = [];
    private readonly HashSet<LeaseId> held = [];
    private Lease? current;
    private int begun;

    public VirtualLane(int number, int lane, PostgresSiloServer server, ISweepGrain grain, VirtualClock clock, Calls calls)
    {
        (this.number, this.lane, this.server, this.grain, this.clock, this.calls) = (number, lane, server, grain, clock, calls);
        clock.At(Spread.Of(number, 1) * ChunkSeconds, ClaimAsync);
        After(Spread.Of(number, 2) * Renewal, RenewAsync);
        After(Spread.Of(number, 3) * Asking, ChooseAsync);
    }

    /// <summary>Chunks completed.</summary>
    public int Done { get; private set; }

    /// <summary>How often it had nothing to compute because an answer was awaited; not counting the first time.</summary>
    public int Starved { get; private set; }

    private void After(double seconds, Func<Task> act) => clock.At(clock.Now + seconds, act);

    private async Task ClaimAsync()
    {
        int wanted;
        lock (gate) wanted = Ahead + 1 - waiting.Count - (current is null ? 0 : 1);
        if (wanted <= 0) return;
        var answer = await calls.AskAsync("claim", () => grain.ClaimAsync(server.WorkerOf(lane), wanted)).ConfigureAwait(false);
        if (answer.Leases.IsEmpty) throw new InvalidOperationException($"nothing was granted: {answer.Refusal}");
        lock (gate)
        {
            foreach (var lease in answer.Leases)
            {
                waiting.Enqueue(lease);
                held.Add(lease.Id);
            }
            if (current is null) Begin();
        }
    }

    // Under the gate.
    private void Begin()
    {
        if (!waiting.TryDequeue(out current)) return;
        After(ChunkSeconds * (1 - Variation + 2 * Variation * Spread.Of(number, begun++)), FinishAsync);
    }

    private Task FinishAsync()
    {
        Lease done;
        lock (gate)
        {
            done = current!;
            Begin();
            if (current is null) Starved++;
        }
        clock.At(clock.Now, ClaimAsync);
        return CompleteAsync(done);
    }

    private async Task CompleteAsync(Lease done)
    {
        var refusals = await calls.AskAsync("complete", () => grain.CompleteAsync([new(done.Id, BenchCluster.PointsPerChunk, 0)]))
            .ConfigureAwait(false);
        Check(refusals[0]);
        lock (gate)
        {
            held.Remove(done.Id);
            Done++;
        }
    }

    private async Task RenewAsync()
    {
        LeaseId[] ids;
        lock (gate) ids = [.. held];
        var refusals = await calls.AskAsync("renew", () => grain.RenewAsync([.. ids])).ConfigureAwait(false);
        // One may have been completed meanwhile.
        lock (gate)
            foreach (var (id, refusal) in ids.Zip(refusals))
                if (held.Contains(id) && refusal is not Refusal.UnknownLease) Check(refusal);
        After(Renewal, RenewAsync);
    }

    private async Task ChooseAsync()
    {
        if (await calls.AskAsync("choose", () => server.ChooseAsync(lane, CancellationToken.None)).ConfigureAwait(false) is null)
            throw new InvalidOperationException("there is no sweep for a lane");
        After(Asking, ChooseAsync);
    }

    private static void Check(Refusal? refusal)
    {
        if (refusal is not null) throw new InvalidOperationException($"a lease was refused: {refusal}");
    }
}
