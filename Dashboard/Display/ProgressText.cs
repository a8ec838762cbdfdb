using System.Collections.Immutable;
using Sweeps.Compute.Experiments;
using Sweeps.Grains.Hosts;

namespace Sweeps.Dashboard.Display;

/// <summary>Progress in words.</summary>
internal sealed class ProgressText(ImmutableArray<Quantity> quantities)
{
    private readonly FinishedPointText finishedPoint = new(quantities);

    /// <summary><c>480 of 10 000 points, 12 per s, 13 min left, 1 failed; point 479: t_speciation 2.774 ± 0.021</c>.</summary>
    public string Line(SweepProgress progress)
    {
        string last = progress.Last is null ? "" : $"; {finishedPoint.Of(progress.Last)}";
        return Counts(progress.Points, progress.PointsDone, progress.PointsFailed, progress.PointsPerSecond, progress.Remaining) + last;
    }

    /// <summary><c>480 of 10 000 points, 12 per s, 13 min left, 1 failed</c>.</summary>
    public static string Counts(long points, long done, long failed, double? perSecond, TimeSpan? remaining)
    {
        string rate = perSecond is { } known ? $", {Numbers.Rate(known)}" : "";
        string left = remaining is { } time && done + failed < points ? $", {Numbers.Duration(time.TotalSeconds)} left" : "";
        string failures = failed == 0 ? "" : $", {Numbers.Count(failed)} failed";
        return $"{Numbers.Count(done + failed)} of {Numbers.Count(points)} points{rate}{left}{failures}";
    }
}
