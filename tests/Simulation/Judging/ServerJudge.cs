using System.Collections.Immutable;
using System.Numerics;
using Sweeps.Grains.Leases;
using Sweeps.Simulation.Sweep;

namespace Sweeps.Simulation.Judging;

/// <summary>Keeps its own account of who holds what and what was settled, and compares it with the ledger's after every turn.</summary>
/// <param name="verdict">Where violations go.</param>
/// <param name="failing">Points that have no row in any run.</param>
/// <param name="visible">The points that a plain reader sees now.</param>
internal sealed class ServerJudge(Verdict verdict, ulong failing, Func<ulong> visible)
{
    private readonly Dictionary<int, long> holders = [];
    private readonly HashSet<long> ranOut = [];
    private readonly HashSet<int> settled = [];
    private long lastEpoch;
    private long done;
    private long failed;
    private ulong? kept;

    /// <summary>What the next completion shows.</summary>
    public LeaseId Asked { get; set; }

    /// <summary>Points that must be readable from now on: their chunks were settled.</summary>
    public ulong Promised { get; private set; }

    /// <summary>Points of chunks that were given up at any time because they failed as a whole; that silos are lost is no reason.</summary>
    public ulong GivenUp { get; private set; }

    /// <summary>All who claim chunks of a generation must know the same points as kept.</summary>
    public void Keeps(int generation, ulong points)
    {
        verdict.Require(kept is null || kept == points, $"workers read different kept points of generation {generation}");
        kept = points;
    }

    /// <summary>A worker is certain that it may place the chunk.</summary>
    public void Certain(LeaseId lease) => verdict.Require(
        !ranOut.Contains(lease.Epoch), $"a worker is certain of chunk {lease.Chunk}, and its lease {lease.Epoch} has run out");

    public void Hear(SimulatedGrid grid, LedgerEvent @event, ImmutableArray<LedgerEffect> effects, LedgerState state)
    {
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case LedgerEffect.Granted(var leases):
                    foreach (var lease in leases) Granted(lease.Id);
                    break;
                case LedgerEffect.Expired(var lease):
                    ranOut.Add(lease.Id.Epoch);
                    break;
                case LedgerEffect.Revoked(var lease):
                    holders.Remove(lease.Id.Chunk);
                    break;
                case LedgerEffect.Returned(var chunk, _):
                    holders.Remove(chunk);
                    break;
                case LedgerEffect.Quarantined(var chunk, var cause):
                    holders.Remove(chunk);
                    // No kernel kills here: whoever was lost was lost by bad luck, of which there is not enough for the bound.
                    if (@event is LedgerEvent.Fail { WorkerDied: false } failure && failure.Lease.Chunk == chunk) GivenUp |= grid.PointsOf(chunk);
                    else verdict.Require(false, $"the points of chunk {chunk} are lost without its fault: {cause}");
                    failed += BitOperations.PopCount(grid.PointsOf(chunk) & ~kept.GetValueOrDefault());
                    break;
                case LedgerEffect.Settled(var chunk):
                    Settled(grid, chunk);
                    break;
            }
        }
        if (@event is LedgerEvent.Extend(_, var extended)) Begin(extended);
        if (@event is LedgerEvent.Recover(var recovered)) Begin(recovered);
        verdict.Require(state.PointsDone == done && state.PointsFailed == failed,
            $"the ledger counts {state.PointsDone} points and {state.PointsFailed} failures, and there were {done} and {failed}");
        verdict.Require(settled.All(chunk => state.Ended.Contains(chunk) && !state.Quarantined.Contains(chunk)), "a chunk that was settled is not any more");
        verdict.Require(state.Leases.Count == holders.Count, "the ledger knows other holders than were granted");
    }

    private void Granted(LeaseId lease)
    {
        verdict.Require(lease.Epoch > lastEpoch, $"epoch {lease.Epoch} after {lastEpoch}");
        verdict.Require(!settled.Contains(lease.Chunk), $"chunk {lease.Chunk} is granted again after it was settled");
        verdict.Require(holders.TryAdd(lease.Chunk, lease.Epoch), $"chunk {lease.Chunk} has two holders");
        lastEpoch = lease.Epoch;
    }

    private void Settled(SimulatedGrid grid, int chunk)
    {
        verdict.Require(holders.Remove(chunk, out long holder) && holder == Asked.Epoch && chunk == Asked.Chunk,
            $"chunk {chunk} is settled by lease {Asked.Epoch}, and lease {holder} holds it");
        verdict.Require(settled.Add(chunk), $"chunk {chunk} is settled twice");
        ulong points = grid.PointsOf(chunk) & ~kept.GetValueOrDefault();
        Promised |= points & ~failing;
        done += BitOperations.PopCount(points & ~failing);
        failed += BitOperations.PopCount(points & failing);
    }

    // What the folder holds when a generation begins is promised, too.
    private void Begin(LedgerHoldings holdings)
    {
        holders.Clear();
        settled.Clear();
        kept = null;
        foreach (var range in holdings.Settled)
            for (int chunk = range.First; chunk < range.End; chunk++) settled.Add(chunk);
        (done, failed) = (holdings.PointsDone, holdings.PointsFailed);
        ulong seen = visible();
        verdict.Require(BitOperations.PopCount(seen) == done, $"a generation begins with {done} points, and a reader sees {BitOperations.PopCount(seen)}");
        Promised |= seen;
    }
}
