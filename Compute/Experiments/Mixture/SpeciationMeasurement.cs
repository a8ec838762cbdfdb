using System.Collections.Immutable;
using Sweeps.Compute.Estimators;
using Sweeps.Compute.Kernels.ReverseSampler;
using Sweeps.Compute.Models;
using Sweeps.Compute.Theory;

namespace Sweeps.Compute.Experiments.Mixture;

/// <summary>
/// <c>measure: speciation</c> (physics §3): speciation time and position, entropy peak, commitment times, and the curves of clone probability, class
/// entropy and entropy rate.
/// </summary>
internal sealed class SpeciationMeasurement
{
    public const string Name = "speciation";

    /// <summary>ln ρ is straight in t for U = I and σ = 1, and nearly so elsewhere; a parabola takes up most of the rest.</summary>
    public const int FitDegree = 2;

    private static readonly double[] QuantileLevels = [0.5, 0.25, 0.75];

    private readonly GaussianMixturePoint point;
    private readonly MeasurementTimes times;
    private readonly ReverseCoefficients coefficients;
    private readonly SpeciationTally tally;

    private SpeciationMeasurement(GaussianMixturePoint point, MeasurementTimes times, ReverseCoefficients coefficients, SpeciationTally tally) =>
        (this.point, this.times, this.coefficients, this.tally) = (point, times, coefficients, tally);

    public static ImmutableArray<Quantity> Quantities { get; } =
    [
        new("t_speciation", "OU time", "Speciation time: where the clone probability crosses 0.7752; theory: rho(t) = 1"),
        new("s_speciation", "schedule time", "Speciation time on the schedule: the same instant as s in [0, 1]"),
        new("t_entropy_peak", "OU time", "Time of the largest class-entropy rate"),
        new("t_commit", "OU time", "Median commitment time: last zero of the class projection along a reverse trajectory"),
        new("t_commit_q25", "OU time", "Lower quartile of the commitment time"),
        new("t_commit_q75", "OU time", "Upper quartile of the commitment time"),
    ];

    public static ImmutableArray<CurveObservable> Observables { get; } =
    [
        new("clone_probability", "1", "Probability that two copies run independently from the same x_t end in the same class"),
        new("class_entropy", "nat", "Mean entropy of the class given x_t"),
        new("entropy_rate", "nat per OU time", "Growth rate of the class entropy with t"),
    ];

    /// <summary>Simulates the point.</summary>
    /// <param name="point">The point.</param>
    /// <param name="grid">Its time grid.</param>
    /// <param name="times">Where to measure.</param>
    /// <param name="coordinates">Which coordinates to simulate.</param>
    /// <param name="kernels">Run trajectories.</param>
    /// <param name="loop">Threads of this machine.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    /// <exception cref="ArithmeticException">Its steps are too coarse.</exception>
    public static SpeciationMeasurement Simulate(
        GaussianMixturePoint point,
        double[] grid,
        MeasurementTimes times,
        SimulatedCoordinates coordinates,
        IMixtureKernels kernels,
        IParallelLoop loop,
        CancellationToken cancellation)
    {
        GaussianMixture mixture = point.Mixture;
        ImmutableArray<CoordinateBlock> blocks = coordinates == SimulatedCoordinates.Active ? mixture.ActiveBlocks : mixture.AllBlocks;
        var coefficients = new ReverseCoefficients(blocks, mixture.Sigma, grid);
        UnstableRun.RefuseIn(coefficients, point.Schedule.Kind);
        var tally = new SpeciationTally(Union(times.Branches, times.Curves), Union(times.Rates, times.Curves), new(point.Samples));
        kernels.RunTrajectories(point, coefficients, tally, loop, cancellation);
        return new(point, times, coefficients, tally);
    }

    /// <summary>One estimate per quantity.</summary>
    public IEnumerable<Estimate> Estimates()
    {
        var (speciation, position) = Speciation();
        yield return speciation;
        yield return position;
        yield return EntropyPeak();
        var quantiles = new BatchQuantiles(tally.CommitmentTimes, tally.Batches);
        foreach (double probability in QuantileLevels) yield return Commitment(quantiles, probability);
    }

    /// <summary>Closed forms, in the order of the quantities.</summary>
    public static IEnumerable<double?> Theory(GaussianMixturePoint point, double? speciationTime, double? entropyPeakTime)
    {
        double horizon = point.Schedule.Horizon;
        yield return speciationTime;
        yield return speciationTime is double t ? point.Schedule.PositionAt(t) : null;
        yield return entropyPeakTime;
        foreach (double probability in QuantileLevels)
            yield return SpeciationTheory.CommitmentTime(point.Mixture, horizon, probability);
    }

    /// <summary>Rows of the three observables.</summary>
    public IEnumerable<CurveSample> Curves()
    {
        var sums = new double[Batches.Count];
        foreach (int k in times.Curves)
        {
            double t = coefficients.Times[k];
            tally.Same(Array.BinarySearch(tally.Branches, k), sums);
            yield return Row("clone_probability", t, sums, 1, PosteriorMoments.CloneProbability(point.Mixture.SignalToNoise(t)));
        }
        foreach (int k in times.Curves)
        {
            double t = coefficients.Times[k];
            tally.Entropy(Array.BinarySearch(tally.Observed, k), sums);
            yield return Row("class_entropy", t, sums, 1, PosteriorMoments.ClassEntropy(point.Mixture.SignalToNoise(t)));
        }
        foreach (int k in times.Curves)
        {
            double t = coefficients.Times[k];
            tally.Sech2(Array.BinarySearch(tally.Observed, k), sums);
            yield return Row("entropy_rate", t, sums, point.Mixture.ResponseNormSquared(t), SpeciationTheory.EntropyRate(point.Mixture, t));
        }
    }

    private CurveSample Row(string observable, double t, double[] sums, double factor, double theory)
    {
        var (mean, error) = Jackknife.Mean(sums, tally.Batches);
        return new(observable, t, new(factor * mean, factor * error, theory, true));
    }

    private (Estimate Time, Estimate Position) Speciation()
    {
        if (times.SpeciationTime is not double theory) return default;
        int count = times.Branches.Length;
        var branchTimes = new double[count];
        var same = new BatchSums(count);
        for (int i = 0; i < count; i++)
        {
            branchTimes[i] = coefficients.Times[times.Branches[i]];
            tally.Same(Array.BinarySearch(tally.Branches, times.Branches[i]), same.Row(i));
        }
        same.AddUp();
        var fit = new BinomialCrossingFit<CloneProbabilityLink>(branchTimes, theory, times.SpeciationScale, FitDegree);
        // What the fit misses of the closed form at these very times, where nothing is random, is taken away.
        if (fit.Crossing(Exact(branchTimes), 1, BinomialCrossingFit<CloneProbabilityLink>.Start()) - theory is not double bias)
            return (new(null, null, theory, true), new(null, null, point.Schedule.PositionAt(theory), true));
        Span<double?> timeReplicates = stackalloc double?[Batches.Count];
        double? time = Unbiased(fit.Crossing(same, tally.Batches, timeReplicates));
        Span<double?> positionReplicates = stackalloc double?[Batches.Count];
        for (int b = 0; b < Batches.Count; b++)
        {
            timeReplicates[b] = Unbiased(timeReplicates[b]);
            positionReplicates[b] = Position(timeReplicates[b]);
        }
        double? position = Position(time);
        return (
            new(time, Jackknife.StandardError(time, timeReplicates, tally.Batches), theory, true),
            new(position, Jackknife.StandardError(position, positionReplicates, tally.Batches), Position(theory), true));

        double? Unbiased(double? t) => t - bias is double at && at > 0 && at < point.Schedule.Horizon ? at : null;
        double? Position(double? t) => t is double at ? point.Schedule.PositionAt(at) : null;
    }

    private double[] Exact(double[] branchTimes) =>
        [.. branchTimes.Select(t => CloneProbabilityLink.Probability(Math.Log(point.Mixture.SignalToNoise(t)), out _))];

    private Estimate EntropyPeak()
    {
        int count = times.Rates.Length;
        if (times.EntropyPeakTime is not double theory) return default;
        if (count < EntropyPeakFit.FewestTimes) return new(null, null, theory, true);
        var rateTimes = new double[count];
        var factors = new double[count];
        var sech2 = new BatchSums(count);
        for (int i = 0; i < count; i++)
        {
            rateTimes[i] = coefficients.Times[times.Rates[i]];
            factors[i] = point.Mixture.ResponseNormSquared(rateTimes[i]);
            tally.Sech2(Array.BinarySearch(tally.Observed, times.Rates[i]), sech2.Row(i));
        }
        sech2.AddUp();
        var fit = new EntropyPeakFit(rateTimes);
        var rates = new double[count];
        for (int i = 0; i < count; i++) rates[i] = SpeciationTheory.EntropyRate(point.Mixture, rateTimes[i]);
        // A cubic is not quite the logarithm of the rate: what it misses of the closed form at these very times is taken away.
        if (fit.Peak(rates) - theory is not double bias) return new(null, null, theory, true);
        double? peak = Leaving(-1);
        Span<double?> replicates = stackalloc double?[Batches.Count];
        for (int b = 0; b < Batches.Count; b++) replicates[b] = Leaving(b);
        return new(peak, Jackknife.StandardError(peak, replicates, tally.Batches), theory, true);

        double? Leaving(int batch)
        {
            sech2.Leaving(batch, rates);
            for (int i = 0; i < count; i++) rates[i] *= factors[i];
            return fit.Peak(rates) - bias;
        }
    }

    private Estimate Commitment(BatchQuantiles quantiles, double probability)
    {
        // Without separation there is no class to commit to.
        if (point.Mixture.ModeNorm == 0) return default;
        var (value, error) = quantiles.Quantile(probability);
        return new(value, error, SpeciationTheory.CommitmentTime(point.Mixture, coefficients.Times[^1], probability));
    }

    private static int[] Union(int[] a, int[] b) => [.. a.Union(b).Order()];
}
