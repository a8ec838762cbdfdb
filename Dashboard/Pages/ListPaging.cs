using System.Collections.Immutable;
using Sweeps.Dashboard.Status;
using Sweeps.Grains.Hosts;

namespace Sweeps.Dashboard.Pages;

/// <summary>Sweeps as the list shows them: those that go on all, the ended ones a page at a time.</summary>
/// <param name="GoingOn">Those at work first, then as the server has them: newest first.</param>
/// <param name="Ended">One page of them, newest first.</param>
/// <param name="EndedCount">How many have ended.</param>
/// <param name="Page">Which page, from 1.</param>
public sealed record ListPaging(ImmutableArray<ServerSweep> GoingOn, ImmutableArray<ServerSweep> Ended, int EndedCount, int Page)
{
    public const int PageLength = 25;

    public int Pages => Math.Max(1, (EndedCount + PageLength - 1) / PageLength);

    /// <param name="all">All sweeps, newest first.</param>
    /// <param name="page">Of the ended ones, from 1; beyond the last one, the last.</param>
    public static ListPaging Of(ImmutableArray<ServerSweep> all, int page)
    {
        ServerSweep[] ended = [.. all.Where(sweep => sweep.State().HasEnded())];
        int last = Math.Max(1, (ended.Length + PageLength - 1) / PageLength);
        int shown = Math.Clamp(page, 1, last);
        return new(
            [.. all.Where(sweep => !sweep.State().HasEnded()).OrderBy(sweep => Rank(sweep.State()))],
            [.. ended.Skip((shown - 1) * PageLength).Take(PageLength)], ended.Length, shown);
    }

    private static int Rank(SweepState state) => state switch
    {
        SweepState.Running => 0,
        SweepState.Extending or SweepState.Merging => 1,
        SweepState.Waiting => 2,
        _ => 3,
    };
}
