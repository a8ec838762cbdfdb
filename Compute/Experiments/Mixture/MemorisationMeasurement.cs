using System.Collections.Immutable;
using Sweeps.Compute.Estimators;
using Sweeps.Compute.Theory;

namespace Sweeps.Compute.Experiments.Mixture;

/// <summary>
/// <c>measure: memorisation</c> (physics §4): samples are generated with the empirical score. Clones on data give a collapse time that no
/// weight is looked at for, and the share of samples that are copies of training points is counted. Source: Biroli et al. 2024 (arXiv
/// 2402.18491).
/// </summary>
/// <remarks>
/// With the exact empirical score and steps without end every sample is a copy: <c>memorised_fraction</c> below 1 says what the steps left. A
/// copy carries the noise √(2 dt) of its last step on every coordinate, and counts as memorised only where dt is below 1/16 of the squared
/// distance of neighbouring training points per coordinate (σ²/8 in high dimension).
/// </remarks>
internal sealed class MemorisationMeasurement
{
    public const string Name = "memorisation";

    /// <summary>
    /// Of the probit of the clone probability, in ln t. Fitted to exact participations at 9 times on ±1 width, a cubic leaves a bias below
    /// 0.1 of the standard error at 4096 samples (0.15 at n = 10) wherever in the window the crossing is; a parabola up to 0.5, a logit up
    /// to 0.2.
    /// </summary>
    internal const int FitDegree = 3;

    private readonly double[] grid;
    private readonly MemorisationTimes times;
    private readonly MemorisationTally tally;
    private readonly Batches batches;
    private readonly bool hasSecondNearest;

    private MemorisationMeasurement(GaussianMixturePoint point, double[] grid, MemorisationTimes times, MemorisationTally tally)
    {
        this.grid = grid;
        this.times = times;
        this.tally = tally;
        batches = new(point.Samples);
        hasSecondNearest = point.TrainingPoints >= 2;
    }

    public static ImmutableArray<Quantity> Quantities { get; } =
    [
        new("t_collapse_clone", "OU time",
            "Collapse time of clones: where two runs under the empirical score from the same x_t end at the same training point with "
                + "probability 1/2"),
        new("memorised_fraction", "1",
            "Share of generated samples closer to their nearest training point than a third of the distance to the second nearest"),
    ];

    public static ImmutableArray<CurveObservable> Observables { get; } =
    [
        new("collapse_clone_probability", "1",
            "Probability that two runs under the empirical score from the same x_t end at the same training point; up to the top of the "
                + "transition"),
    ];

    /// <summary>Simulates the point.</summary>
    /// <param name="point">The point.</param>
    /// <param name="grid">Its time grid.</param>
    /// <param name="curveIndices">Grid indices of the curve times, ascending.</param>
    /// <param name="kernels">Run the samplers of the batches.</param>
    /// <param name="loop">Runs batches.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public static MemorisationMeasurement Simulate(
        GaussianMixturePoint point,
        double[] grid,
        int[] curveIndices,
        IMixtureKernels kernels,
        IParallelLoop loop,
        CancellationToken cancellation)
    {
        var times = new MemorisationTimes(point, kernels, grid, curveIndices, cancellation);
        int[] branches = [.. times.Branches.Union(times.Curves).Order()];
        return new(point, grid, times, new MemorisationSimulation(point, grid, kernels).Run(branches, loop, cancellation));
    }

    /// <summary>Closed forms, in the order of the quantities: that of t_collapse, which clones share, and none.</summary>
    public static IEnumerable<double?> Theory(GaussianMixturePoint point) =>
        [CollapseTheory.CollapseTime(point.Mixture, point.Schedule.Horizon, point.TrainingPoints), null];

    /// <summary>One estimate per quantity.</summary>
    public IEnumerable<Estimate> Estimates()
    {
        yield return Collapse();
        if (!hasSecondNearest)
        {
            yield return default;
            yield break;
        }
        var (fraction, error) = Jackknife.Mean(tally.Memorised, batches);
        yield return new(fraction, error, null);
    }

    /// <summary>
    /// Rows of the clone probability at the curve times up to the last branch of the fit. Above it two runs hardly ever end alike, and each
    /// branch would cost as much as the whole run.
    /// </summary>
    public IEnumerable<CurveSample> Curves()
    {
        foreach (int k in times.Curves)
        {
            var (mean, error) = Jackknife.Mean(tally.Same(k), batches);
            yield return new(Observables[0].Name, grid[k], new(mean, error, null));
        }
    }

    private Estimate Collapse()
    {
        int[] branches = times.Branches;
        var same = new BatchSums(branches.Length);
        for (int i = 0; i < branches.Length; i++) tally.Same(branches[i]).CopyTo(same.Row(i));
        same.AddUp();
        double[] places = [.. branches.Select(k => Math.Log(grid[k]))];
        var fit = new BinomialCrossingFit<ProbitLink>(places, times.LogCentre, times.LogWidth, FitDegree);
        Span<double?> replicates = stackalloc double?[Batches.Count];
        double? time = Exp(fit.Crossing(same, batches, replicates));
        foreach (ref double? replicate in replicates) replicate = Exp(replicate);
        return new(time, Jackknife.StandardError(time, replicates, batches), times.Theory);

        static double? Exp(double? x) => x is double value ? Math.Exp(value) : null;
    }
}
