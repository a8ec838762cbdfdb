namespace Sweeps.Client.Measuring;

/// <summary>Work that was done without a break, and how long it took.</summary>
/// <param name="Units">Units of work of all threads.</param>
/// <param name="Elapsed">From the start of the first thread to the end of the last.</param>
internal readonly record struct Slice(double Units, TimeSpan Elapsed)
{
    /// <summary>Units per second.</summary>
    public double PerSecond => Units / Elapsed.TotalSeconds;

    /// <summary>Both, as if one had followed the other at once.</summary>
    public static Slice operator +(Slice a, Slice b) => new(a.Units + b.Units, a.Elapsed + b.Elapsed);
}
