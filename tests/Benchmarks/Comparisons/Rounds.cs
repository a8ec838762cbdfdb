namespace Sweeps.Benchmarks.Comparisons;

/// <summary>
/// Interleaved rounds: every side once, then again, so that a slow minute of the machine meets all of them. Each side's best round counts;
/// the median stands beside it, to show how quiet the machine was.
/// </summary>
internal static class Rounds
{
    public const int Count = 5;

    /// <summary>Best and median seconds of each side, after one round that is not counted.</summary>
    public static Timing[] Run(IReadOnlyList<Side> sides, int count = Count)
    {
        var seconds = new double[sides.Count][];
        for (int side = 0; side < sides.Count; side++)
        {
            sides[side].Round();
            seconds[side] = new double[count];
        }
        for (int round = 0; round < count; round++)
            for (int side = 0; side < sides.Count; side++) seconds[side][round] = sides[side].Round();
        return [.. sides.Select((side, i) => new Timing(side.Name, seconds[i].Min(), seconds[i].Order().ElementAt(count / 2)))];
    }

    /// <summary>Seconds of one call.</summary>
    public static double Time(TimeProvider time, Action work)
    {
        long start = time.GetTimestamp();
        work();
        return time.GetElapsedTime(start).TotalSeconds;
    }
}
