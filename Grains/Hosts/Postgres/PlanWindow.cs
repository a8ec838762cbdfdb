using NpgsqlTypes;
using Sweeps.Grains.Leases;

namespace Sweeps.Grains.Hosts.Postgres;

/// <summary>Where a plan begins of which some chunks have ended before: the rows of its window.</summary>
/// <param name="Chunks">Chunks of the plan.</param>
/// <param name="Frontier">The first that is to be leased.</param>
/// <param name="Held">Those that have ended.</param>
/// <param name="ChunksSettled">Those of them that were not given up.</param>
/// <param name="PointsDone">Points with a row.</param>
/// <param name="PointsFailed">Points without one.</param>
/// <param name="Quarantined">Chunks given up.</param>
/// <param name="QuarantinedPoints">Their points.</param>
internal sealed record PlanWindow(
    int Chunks, int Frontier, NpgsqlRange<int>[] Held, int ChunksSettled, long PointsDone, long PointsFailed, int[] Quarantined, int[] QuarantinedPoints)
{
    /// <exception cref="ArgumentOutOfRangeException">The holdings name chunks that are not there.</exception>
    public static PlanWindow Of(int chunks, LedgerHoldings holdings, Func<int, int> pointsOf)
    {
        // The ledger's own rule of what outweighs what.
        SweepLedger ledger = new(new LedgerPolicy(), pointsOf);
        var (state, _) = ledger.Apply(LedgerState.Begin(chunks, long.MaxValue), new LedgerEvent.Recover(holdings), DateTimeOffset.MinValue);
        int[] quarantined = [.. state.Quarantined];
        NpgsqlRange<int>[] held =
        [
            .. state.Ended.Mark > 0 ? [new(0, true, state.Ended.Mark, false)] : Array.Empty<NpgsqlRange<int>>(),
            .. state.Ended.Above.Select(range => new NpgsqlRange<int>(range.First, true, range.End, false)),
        ];
        return new(
            chunks, Math.Min(chunks, state.Ended.FirstMissingFrom(0)), held, state.Ended.Count - quarantined.Length, holdings.PointsDone, holdings.PointsFailed,
            quarantined, [.. quarantined.Select(chunk => Math.Max(1, pointsOf(chunk)))]);
    }

    public static ChunkSet SetOf(NpgsqlRange<int>[] ranges) => ranges.Aggregate(
        ChunkSet.Empty, (set, range) => set.Add(new ChunkRange(
            range.LowerBoundIsInclusive ? range.LowerBound : range.LowerBound + 1, range.UpperBoundIsInclusive ? range.UpperBound + 1 : range.UpperBound)));
}
