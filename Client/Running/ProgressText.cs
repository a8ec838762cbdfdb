using Sweeps.Client.Display;

namespace Sweeps.Client.Running;

/// <summary>Progress in words.</summary>
internal static class ProgressText
{
    /// <summary><c>480 of 10 000 points, 12 per s, 13 min left, 1 failed; point 479: t_speciation 2.774 ± 0.021</c>.</summary>
    public static string Line(RunProgress progress)
    {
        string last = progress.LastPoint.Length == 0 ? "" : $"; {progress.LastPoint}";
        return $"{Numbers.Count(progress.Done)} of {Numbers.Count(progress.Total)} points{Pace(progress)}{last}";
    }

    /// <summary>The same without the points, for beside a bar.</summary>
    public static string Pace(RunProgress progress)
    {
        string rate = progress.Rate is { } perSecond ? $", {Rate(perSecond)}" : "";
        string left = progress.SecondsLeft is { } seconds && progress.Done < progress.Total ? $", {Numbers.Duration(seconds)} left" : "";
        string failed = progress.Failed == 0 ? "" : $", {Numbers.Count(progress.Failed)} failed";
        return rate + left + failed;
    }

    private static string Rate(double perSecond) => perSecond >= 1
        ? $"{(perSecond >= 1000 ? Numbers.Count((long)perSecond) : Numbers.Significant(perSecond, 3))} per s"
        : $"{Numbers.Significant(perSecond * 60, 3)} per min";
}
