namespace Sweeps.Grains.Hosts;

/// <summary>How many points of a sweep may fail before it stops by itself: a hundred, or one in a hundred if that is more.</summary>
public static class FailureBudget
{
    public const long AtLeast = 100;

    public const double Share = 0.01;

    /// <summary>Failures allowed from now on; a sweep that is resumed after <paramref name="failedBefore"/> gets its budget anew.</summary>
    public static long Of(long points, long failedBefore = 0) => failedBefore + Math.Max(AtLeast, (long)(points * Share));
}
