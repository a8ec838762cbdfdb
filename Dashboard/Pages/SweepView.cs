using Sweeps.Dashboard.Status;
using Sweeps.Grains.Hosts;

namespace Sweeps.Dashboard.Pages;

/// <summary>One sweep as its page shows it at one moment.</summary>
/// <param name="Details">All that the server knows.</param>
/// <param name="Failures">What its dataset says of points that failed.</param>
/// <param name="Recent">What its lanes have in hand; null if that cannot be had.</param>
/// <param name="MayOperate">Whether the reader may steer it.</param>
/// <param name="Trouble">Why this is not the newest, a sentence; null as a rule.</param>
public sealed record SweepView(SweepDetails Details, Failures Failures, RecentChunks? Recent, bool MayOperate, string? Trouble = null)
{
    public ServerSweep Sweep => Details.Sweep;
}
