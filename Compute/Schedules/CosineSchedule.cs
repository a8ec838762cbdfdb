namespace Sweeps.Compute.Schedules;

/// <summary>
/// <c>cosine</c>: ᾱ(u) = cos²(½π (u + 0.008)/1.008) / cos²(½π 0.008/1.008), t = −½ ln ᾱ(s · s_cut), cut at s_cut = 0.997971 where ᾱ =
/// 1e-5, so T = 5.7565 (Nichol and Dhariwal 2021).
/// </summary>
public sealed class CosineSchedule() : Schedule(-0.5 * Math.Log(SmallestSignal))
{
    private const double SmallestSignal = 1e-5;
    private const double Offset = 0.008;
    private const double FirstAngle = 0.5 * Math.PI * Offset / (1 + Offset);

    private static readonly double FirstCosine = Math.Cos(FirstAngle);
    private static readonly double AngleRange = Math.Acos(Math.Sqrt(SmallestSignal) * FirstCosine) - FirstAngle;

    public override ScheduleKind Kind => ScheduleKind.Cosine;

    /// <summary>s_cut.</summary>
    public static double Cut => AngleRange / (0.5 * Math.PI) * (1 + Offset);

    protected override double Time(double s) => -Math.Log(Math.Cos(FirstAngle + s * AngleRange) / FirstCosine);

    protected override double Position(double t) => (Math.Acos(Math.Exp(-t) * FirstCosine) - FirstAngle) / AngleRange;
}
