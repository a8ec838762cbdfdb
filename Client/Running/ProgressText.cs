using System.Collections.Immutable;
using Sweeps.Client.Display;
using Sweeps.Compute.Experiments;
using Sweeps.Grains.Hosts;

namespace Sweeps.Client.Running;

/// <summary>Progress in words.</summary>
internal sealed class ProgressText(ImmutableArray<Quantity> quantities)
{
    private readonly FinishedPointText finishedPoint = new(quantities);

    /// <summary><c>480 of 10 000 points, 12 per s, 13 min left, 1 failed; point 479: t_speciation 2.774 ± 0.021</c>.</summary>
    public string Line(SweepProgress progress)
    {
        long finished = progress.PointsDone + progress.PointsFailed;
        string rate = progress.PointsPerSecond is { } perSecond ? $", {Rate(perSecond)}" : "";
        string left = progress.Remaining is { } time && finished < progress.Points ? $", {Numbers.Duration(time.TotalSeconds)} left" : "";
        string failed = progress.PointsFailed == 0 ? "" : $", {Numbers.Count(progress.PointsFailed)} failed";
        string last = progress.Last is null ? "" : $"; {finishedPoint.Of(progress.Last)}";
        return $"{Numbers.Count(finished)} of {Numbers.Count(progress.Points)} points{rate}{left}{failed}{last}";
    }

    private static string Rate(double perSecond) => perSecond >= 1
        ? $"{(perSecond >= 1000 ? Numbers.Count((long)perSecond) : Numbers.Significant(perSecond, 3))} per s"
        : $"{Numbers.Significant(perSecond * 60, 3)} per min";
}
