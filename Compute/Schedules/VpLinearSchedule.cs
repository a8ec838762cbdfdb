namespace Sweeps.Compute.Schedules;

/// <summary>
/// <c>vp-linear</c>: t = ½ [β₀ s + ½ (β₁ − β₀) s²] with β₀ = 0.1, β₁ = 20, so T = 5.025 (Song et al. 2021, the continuous limit of DDPM's
/// noise).
/// </summary>
public sealed class VpLinearSchedule() : Schedule(0.25 * (First + Last))
{
    private const double First = 0.1;
    private const double Last = 20;

    public override ScheduleKind Kind => ScheduleKind.VpLinear;

    protected override double Time(double s) => 0.5 * s * (First + 0.5 * (Last - First) * s);

    // The positive root, in the form without cancellation.
    protected override double Position(double t) => 4 * t / (First + Math.Sqrt(First * First + 4 * (Last - First) * t));
}
