using System.Collections.Immutable;
using Sweeps.Compute.Models;
using Sweeps.Compute.Theory;

namespace Sweeps.Compute.Experiments.Mixture;

/// <summary>
/// Which grid indices a point is measured at (physics §3): branches and rates around the closed forms, chosen without regard to <c>times</c>, and
/// the curve times, snapped to the grid.
/// </summary>
internal sealed class MeasurementTimes
{
    public const int BranchCount = 16;
    private const int RateCount = 25;
    public const int DefaultCurveCount = 24;

    /// <summary>Fewest distinct branch times: one more than the coefficients of the fit. Windows grow outwards to hold them.</summary>
    private const int FewestBranches = 4;
    private const int FewestRates = 6;

    public MeasurementTimes(GaussianMixturePoint point, double[] grid, ImmutableArray<double>? times)
    {
        double horizon = grid[^1];
        SpeciationTime = SpeciationTheory.SpeciationTime(point.Mixture, horizon);
        EntropyPeakTime = SpeciationTheory.EntropyPeakTime(point.Mixture, horizon);
        if (SpeciationTime is double ts)
        {
            SpeciationScale = 1 / LogSlope(point.Mixture, ts);
            Branches = Window(grid, Uniform(ts - 1.6 * SpeciationScale, ts + 1.2 * SpeciationScale, BranchCount), FewestBranches, ts);
        }
        if (EntropyPeakTime is double tp)
        {
            double scale = 1 / LogSlope(point.Mixture, tp);
            Rates = Window(grid, Uniform(tp - 1.2 * scale, tp + 1.2 * scale, RateCount), FewestRates, tp);
        }
        Curves = CurveIndices(grid, times);
    }

    /// <summary>Closed form of the speciation time in the window, else null.</summary>
    public double? SpeciationTime { get; }

    public double? EntropyPeakTime { get; }

    /// <summary>|d ln ρ/dt|⁻¹ at the speciation time.</summary>
    public double SpeciationScale { get; } = 1;

    /// <summary>Grid indices of the branches of <c>t_speciation</c>, ascending; empty where ρ does not cross 1.</summary>
    public int[] Branches { get; } = [];

    /// <summary>Grid indices where the entropy rate is measured for its peak, ascending; empty where it has none.</summary>
    public int[] Rates { get; } = [];

    /// <summary>Grid indices of curve rows, ascending, t &gt; 0.</summary>
    public int[] Curves { get; }

    /// <summary>The curve times of a request on a grid: those asked for inside the window, or 24 uniform ones, each snapped to its nearest grid point.</summary>
    public static int[] CurveIndices(double[] grid, ImmutableArray<double>? times)
    {
        double horizon = grid[^1];
        IEnumerable<double> wanted = times is { } given
            ? given.Where(t => t >= 0 && t <= horizon)
            : Enumerable.Range(1, DefaultCurveCount).Select(i => horizon * i / DefaultCurveCount);
        return [.. wanted.Select(t => Nearest(grid, t)).Where(k => k > 0).Distinct().Order()];
    }

    /// <summary>Times from low to high at equal distances.</summary>
    public static IEnumerable<double> Uniform(double low, double high, int count) =>
        Enumerable.Range(0, count).Select(i => low + (high - low) * i / (count - 1));

    /// <summary>
    /// The grid indices nearest to wanted times and to the centre, at least <paramref name="fewest"/> if the grid has so many; ascending.
    /// </summary>
    public static int[] Window(double[] grid, IEnumerable<double> wanted, int fewest, double centre)
    {
        var indices = new SortedSet<int>();
        foreach (double t in wanted)
            if (t > 0 && t <= grid[^1]) indices.Add(Math.Max(1, Nearest(grid, t)));
        indices.Add(Math.Max(1, Nearest(grid, centre)));
        while (indices.Count < Math.Min(fewest, grid.Length - 1))
        {
            int below = indices.Min - 1, above = indices.Max + 1;
            bool takeBelow = below >= 1 && (above >= grid.Length || centre - grid[below] <= grid[above] - centre);
            indices.Add(takeBelow ? below : above);
        }
        return [.. indices];
    }

    private static double LogSlope(GaussianMixture mixture, double t) => -mixture.SignalToNoiseSlope(t) / mixture.SignalToNoise(t);

    private static int Nearest(double[] grid, double t)
    {
        int above = Array.BinarySearch(grid, t);
        if (above >= 0) return above;
        above = ~above;
        if (above == 0) return 0;
        if (above == grid.Length) return grid.Length - 1;
        return grid[above] - t < t - grid[above - 1] ? above : above - 1;
    }
}
