using System.Collections.Immutable;

namespace Sweeps.Grains.Telemetry.Declarations;

/// <summary>Bounds for histograms, chosen by the quantity: where its usual value lies they are a factor of two apart.</summary>
internal static class Buckets
{
    /// <summary>A question to the grain: a fraction of a millisecond in one process, a few over a network, seconds in an outage.</summary>
    public static ImmutableArray<double> Call { get; } =
        [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120];

    /// <summary>A chunk is cut to five seconds on one core; many cores or a device are faster, a heavy point alone is slower.</summary>
    public static ImmutableArray<double> Chunk { get; } = [0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 60, 120, 300, 900, 3600];

    /// <summary>A few flushes of a disk; of a network's file system some hundred milliseconds; longer to confirm a lease first.</summary>
    public static ImmutableArray<double> Publication { get; } =
        [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60];

    /// <summary>A folder made in a moment, or a dataset merged for an hour.</summary>
    public static ImmutableArray<double> Job { get; } = [0.05, 0.25, 1, 5, 15, 60, 300, 900, 3600];

    /// <summary>
    /// |z| by Student's law with 31 degrees of freedom, as errors come from 32 batches: 33 %, 5.4 %, 0.53 %, 4 in 10⁴, 2 in 10⁵ and 1 in 10⁶
    /// lie beyond.
    /// </summary>
    public static ImmutableArray<double> StandardErrors { get; } = [1, 2, 3, 4, 5, 6];
}
