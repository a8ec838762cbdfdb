using Sweeps.Compute.Models;

namespace Sweeps.Compute.Schedules;

/// <summary>
/// <c>edm</c>: σ(s) = (σ_max^{1/7} s + σ_min^{1/7} (1 − s))⁷ from 0.002 to 80, t = ½ ln(1 + σ²), so T = 4.382 (Karras et al. 2022,
/// equation 5). t(0) = 2e-6, not 0: the sampler's last step, from there to 0, lies outside the map, and s(t) is 0 on it.
/// </summary>
public sealed class EdmSchedule() : Schedule(0.5 * Math.Log(1 + Largest * Largest))
{
    private const double Smallest = 0.002;
    private const double Largest = 80;
    private const double Power = 7;

    private static readonly double SmallestRoot = Math.Pow(Smallest, 1 / Power);
    private static readonly double LargestRoot = Math.Pow(Largest, 1 / Power);

    public override ScheduleKind Kind => ScheduleKind.Edm;

    /// <summary>t_0 = 0 and t_k = t((k−1)/(N−1)) for k ≥ 1; with one step t_1 = T.</summary>
    public override double[] Grid(int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        var grid = new double[steps + 1];
        for (int k = 1; k < steps; k++) grid[k] = TimeAt((k - 1) / (double)(steps - 1));
        grid[steps] = Horizon;
        return grid;
    }

    protected override double Time(double s)
    {
        double sigma = Math.Pow(LargestRoot * s + SmallestRoot * (1 - s), Power);
        return 0.5 * NearZero.Log1p(sigma * sigma);
    }

    protected override double Position(double t) =>
        (Math.Pow(NearZero.Expm1(2 * t), 0.5 / Power) - SmallestRoot) / (LargestRoot - SmallestRoot);
}
