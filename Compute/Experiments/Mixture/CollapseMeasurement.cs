using System.Collections.Immutable;
using Sweeps.Compute.Estimators;
using Sweeps.Compute.Kernels.PlantedWeights;
using Sweeps.Compute.Theory;

namespace Sweeps.Compute.Experiments.Mixture;

/// <summary>
/// <c>measure: collapse</c> (physics §4): the time at which the participation of the empirical score's weights crosses ½, and the curves of excess
/// entropy, participation, largest and planted weight. Each of the 32 batches has a training set of its own.
/// </summary>
internal sealed class CollapseMeasurement
{
    public const string Name = "collapse";

    /// <summary>Interpolation nodes of the main pass. The participation is one sigmoid across them, so the crossing is exact to 2e-5 of its width.</summary>
    internal const int Nodes = 8;

    /// <summary>Half the width of the main window, in widths of the transition.</summary>
    private const double HalfWindow = 0.8;
    private const int MainPasses = 5;

    private readonly CollapseSimulation simulation;
    private readonly GaussianMixturePoint point;
    private readonly double[] curveTimes;
    private readonly WeightStatistics[] curves;

    private CollapseMeasurement(
        GaussianMixturePoint point, CollapseSimulation simulation, Estimate collapse, double[] curveTimes, WeightStatistics[] curves)
    {
        this.point = point;
        this.simulation = simulation;
        this.curveTimes = curveTimes;
        this.curves = curves;
        Collapse = collapse;
    }

    public static ImmutableArray<Quantity> Quantities { get; } =
    [
        new("t_collapse", "OU time", "Collapse time: where the participation of the empirical score crosses 1/2; theory: I(t) = ln n"),
        new("t_collapse_rem", "OU time", "Collapse time of the random-energy criterion, without the class bit; theory only") { TheoryOnly = true },
    ];

    public static ImmutableArray<CurveObservable> Observables { get; } =
    [
        new("excess_entropy", "1", "Excess entropy of the empirical score's weights per ln n"),
        new("participation", "1", "Participation: mean sum of squared weights"),
        new("largest_weight", "1", "Mean largest weight"),
        new("planted_weight", "1", "Mean weight of the training point that was noised"),
    ];

    /// <summary>Measured collapse time beside I(t) = ln n; the theory is the limit of large n and d, so it has no z.</summary>
    public Estimate Collapse { get; }

    public static CollapseMeasurement Simulate(
        GaussianMixturePoint point, double[] grid, int[] curveIndices, IMixtureKernels kernels, IParallelLoop loop, CancellationToken cancellation)
    {
        var simulation = new CollapseSimulation(point, kernels);
        double horizon = grid[^1];
        double[] curveTimes = [.. curveIndices.Select(k => grid[k])];
        double? theory = CollapseTheory.CollapseTime(point.Mixture, horizon, point.TrainingPoints);
        double? centre = new CollapsePilot(simulation, horizon).Crossing(theory, cancellation);
        WeightStatistics[]? curves = null;
        Estimate collapse = new(null, null, theory);
        for (int pass = 0; pass < MainPasses && centre is double middle; pass++)
        {
            double halfWidth = HalfWindow * simulation.LogWidth(middle);
            double low = Math.Log(middle) - halfWidth, high = Math.Min(Math.Log(middle) + halfWidth, Math.Log(horizon));
            double[] nodes = ChebyshevCrossing.Nodes(low, high, Nodes);
            // The curve times ride along with the first pass, so that training points are made once.
            double[] times = [.. nodes.Select(Math.Exp), .. curves is null ? curveTimes : []];
            WeightStatistics[] batches = simulation.Run(times, loop, cancellation);
            curves ??= batches;
            var (estimate, first, last) = Crossing(nodes, batches, simulation.Batches, theory);
            collapse = estimate;
            if (estimate.Value is not null) break;
            centre = first <= 0.5 ? Math.Exp(low - 0.5 * halfWidth) : last >= 0.5 && high < Math.Log(horizon) ? Math.Exp(high) : null;
        }
        int skipped = curves is null ? 0 : Nodes;
        if (curves is null && curveTimes.Length > 0) curves = simulation.Run(curveTimes, loop, cancellation);
        return new(point, simulation, collapse, curveTimes, curves is null ? [] : Skip(curves, skipped, curveTimes.Length));
    }

    public static IEnumerable<double?> Theory(GaussianMixturePoint point)
    {
        double horizon = point.Schedule.Horizon;
        yield return CollapseTheory.CollapseTime(point.Mixture, horizon, point.TrainingPoints);
        yield return CollapseTheory.CollapseTimeRandomEnergy(point.Mixture, horizon, point.TrainingPoints);
    }

    public IEnumerable<Estimate> Estimates()
    {
        yield return Collapse;
        yield return new(null, null, CollapseTheory.CollapseTimeRandomEnergy(point.Mixture, point.Schedule.Horizon, point.TrainingPoints));
    }

    public IEnumerable<CurveSample> Curves()
    {
        double logN = Math.Log(point.TrainingPoints);
        return Observable("excess_entropy", s => s.LogSum, 1 / logN, t => CollapseTheory.ExcessEntropy(point.Mixture, t, point.TrainingPoints))
            .Concat(Observable("participation", s => s.Participation, 1, _ => null))
            .Concat(Observable("largest_weight", s => s.LargestWeight, 1, _ => null))
            .Concat(Observable("planted_weight", s => s.PlantedWeight, 1, _ => null));
    }

    private static (Estimate Collapse, double First, double Last) Crossing(
        double[] nodes, WeightStatistics[] statistics, Batches batches, double? theory)
    {
        var values = new double[Nodes];
        double? log = Without(-1);
        double first = values[0], last = values[^1];
        double? time = Exp(log);
        Span<double?> replicates = stackalloc double?[Batches.Count];
        for (int b = 0; b < Batches.Count; b++) replicates[b] = Exp(Without(b));
        return (new(time, Jackknife.StandardError(time, replicates, batches), theory), first, last);

        double? Without(int left)
        {
            for (int i = 0; i < Nodes; i++)
            {
                double sum = 0;
                for (int b = 0; b < Batches.Count; b++)
                    if (b != left) sum += statistics[b].Participation[i];
                values[i] = sum / (batches.Samples - (left < 0 ? 0 : batches.Size(left)));
            }
            return ChebyshevCrossing.FallingCrossing(nodes, values, 0.5);
        }

        static double? Exp(double? x) => x is double value ? Math.Exp(value) : null;
    }

    private IEnumerable<CurveSample> Observable(string name, Func<WeightStatistics, double[]> sums, double factor, Func<double, double?> theory)
    {
        var perBatch = new double[Batches.Count];
        for (int i = 0; i < curveTimes.Length; i++)
        {
            for (int b = 0; b < Batches.Count; b++) perBatch[b] = sums(curves[b])[i];
            var (mean, error) = Jackknife.Mean(perBatch, simulation.Batches);
            yield return new(name, curveTimes[i], new(factor * mean, factor * error, theory(curveTimes[i])));
        }
    }

    private static WeightStatistics[] Skip(WeightStatistics[] all, int skipped, int count) => [.. all.Select(one => one.Slice(skipped, count))];
}
