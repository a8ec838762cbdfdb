using Sweeps.Compute.Random;

namespace Sweeps.Silo.Loops;

/// <summary>Spreads the questions of many silos over time; a counter-based stream of the silo's host, so that a run can be
/// repeated.</summary>
internal sealed class Jitter(string host)
{
    private readonly RandomStream stream = RandomStream.Of(0, $"silo={host}\n", "jitter");
    private long drawn = -1;

    /// <summary>Between half of it and all of it.</summary>
    public TimeSpan Of(TimeSpan longest) => longest * (0.5 + 0.5 * stream.Uniform((ulong)Interlocked.Increment(ref drawn)));
}
