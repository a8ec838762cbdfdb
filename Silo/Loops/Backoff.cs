namespace Sweeps.Silo.Loops;

/// <summary>How long to wait after the n-th failure in a row.</summary>
internal static class Backoff
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <param name="failures">From 1.</param>
    /// <param name="jitter">Takes up to half of it away.</param>
    /// <param name="most">A shorter limit, for loops that must not be late.</param>
    public static TimeSpan After(int failures, Jitter jitter, TimeSpan? most = null)
    {
        var limit = most is { } given && given < Longest ? given : Longest;
        var doubled = Shortest * Math.Pow(2, Math.Min(failures - 1, 16));
        return jitter.Of(doubled < limit ? doubled : limit);
    }
}
