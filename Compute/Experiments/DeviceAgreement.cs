namespace Sweeps.Compute.Experiments;

/// <summary>
/// When two kinds of device agree. Their random words are the same and their roundings are not: a rounding may move a value by a small part of its
/// standard error, never by what another sample would.
/// </summary>
public static class DeviceAgreement
{
    /// <summary>Values may differ by this much of a standard error; independent samples differ by more nine times in ten.</summary>
    public const double LargestShare = 0.125;

    /// <summary>Where there is no error to speak of: single precision, added up.</summary>
    private const double Rounding = 1e-5;

    /// <summary>
    /// How far apart two devices' values are, in standard errors; where the error is no larger than what single precision adds up to, in both together.
    /// </summary>
    /// <param name="one">A value.</param>
    /// <param name="error">Its standard error; null where there is none.</param>
    /// <param name="other">The same on another device.</param>
    public static double Difference(double one, double? error, double other) =>
        Math.Abs(one - other) / ((error ?? 0) + Rounding / LargestShare * Math.Max(1, Math.Abs(one)));

    /// <summary>Whether the difference is one of rounding; null agrees with null alone.</summary>
    public static bool Holds(double? one, double? error, double? other) => (one, other) switch
    {
        (null, null) => true,
        (double a, double b) => Difference(a, error, b) <= LargestShare,
        _ => false,
    };
}
