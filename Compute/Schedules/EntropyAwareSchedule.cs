using Sweeps.Compute.Models;
using Sweeps.Compute.Theory;

namespace Sweeps.Compute.Schedules;

/// <summary>
/// <c>entropy-aware</c>: s is the share of W(t) = t + 10 H(ρ(t)) that lies below t, so that steps are spent where the class is decided
/// (H in nats, after Handke et al. 2026). T is the horizon.
/// </summary>
public sealed class EntropyAwareSchedule : Schedule
{
    private const double EntropyWeight = 10;
    private const double Tolerance = 1e-12;

    private readonly Weight weight;
    private readonly double start;
    private readonly double total;

    /// <param name="mixture">The data law whose class entropy is followed.</param>
    /// <param name="horizon">T.</param>
    public EntropyAwareSchedule(GaussianMixture mixture, double horizon) : base(horizon)
    {
        weight = new(mixture, 0);
        start = weight.At(0).Value;
        total = weight.At(Horizon).Value - start;
    }

    public override ScheduleKind Kind => ScheduleKind.EntropyAware;

    /// <summary>The grid by marching: each point starts the search for the next.</summary>
    public override double[] Grid(int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        var grid = new double[steps + 1];
        for (int k = 1; k < steps; k++)
        {
            (_, double slope) = weight.At(grid[k - 1]);
            grid[k] = Solve(k / (double)steps, grid[k - 1], grid[k - 1] + total / steps / slope);
        }
        grid[steps] = Horizon;
        return grid;
    }

    protected override double Time(double s) => s == 0 ? 0 : Solve(s, 0, s * Horizon);

    protected override double Position(double t) => (weight.At(t).Value - start) / total;

    private double Solve(double s, double low, double guess) =>
        RootFinding.Newton(weight with { Target = start + s * total }, rising: true, low, Horizon, guess, Tolerance * Horizon);

    /// <summary>W(t) − target; its slope is 1 + 10 |C⁻¹m|² E sech² y.</summary>
    private readonly record struct Weight(GaussianMixture Mixture, double Target) : IDifferentiable
    {
        public (double Value, double Slope) At(double t)
        {
            ModeResponse response = Mixture.Response(t);
            PosteriorAverages averages = PosteriorQuadrature.Of(response.SignalToNoise);
            return (t + EntropyWeight * averages.Entropy - Target, 1 + EntropyWeight * response.NormSquared * averages.Sech2);
        }
    }
}
