using Sweeps.Compute.Estimators;
using Sweeps.Compute.Theory;
using CloneFit = Sweeps.Compute.Estimators.BinomialCrossingFit<Sweeps.Compute.Estimators.CloneProbabilityLink>;
using ProbitFit = Sweeps.Compute.Estimators.BinomialCrossingFit<Sweeps.Compute.Estimators.ProbitLink>;

namespace Sweeps.Compute.Tests.Estimators;

public class BinomialCrossingFitTests
{
    private const double Centre = 3, Scale = 0.5;
    private static readonly double[] Times = [.. Enumerable.Range(0, 16).Select(i => Centre - 0.8 + 1.4 * i / 15)];

    [Theory]
    [InlineData(0, -1, 0)]
    [InlineData(0.1, -1.2, 0.1)]
    [InlineData(-0.2, -0.8, -0.15)]
    [InlineData(0.3, -1, 0.05)]
    public void Noise_free_counts_give_the_polynomial_back(double a, double b, double c)
    {
        double[] same = [.. Times.Select(t => 1000 * PosteriorMoments.CloneProbability(Math.Exp(Log(t))))];
        double[] coefficients = CloneFit.Start();
        double time = new CloneFit(Times, Centre, Scale, 2).Crossing(same, 1000, coefficients)!.Value;
        Assert.Equal([a, b, c, 0], coefficients, (x, y) => Math.Abs(x - y) < 1e-6);
        Assert.Equal(0, Log(time), 1e-6);
        Assert.True(Log(time + 1e-3) < 0);

        double Log(double t) => a + (t - Centre) / Scale * (b + c * (t - Centre) / Scale);
    }

    [Fact]
    public void Five_times_are_fitted_by_a_straight_line()
    {
        double[] times = [2.4, 2.7, 3, 3.3, 3.6];
        double[] same = [.. times.Select(t => 1000 * PosteriorMoments.CloneProbability(Math.Exp(0.1 - (t - Centre) / Scale)))];
        double[] coefficients = CloneFit.Start();
        Assert.Equal(3.05, new CloneFit(times, Centre, Scale, 2).Crossing(same, 1000, coefficients)!.Value, 1e-6);
        Assert.Equal(0, coefficients[2]);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.5)]
    [InlineData(0.0)]
    [InlineData(0.9)]
    public void Counts_without_a_crossing_give_null(double share)
    {
        double[] same = [.. Times.Select(_ => 1000 * share)];
        Assert.Null(new CloneFit(Times, Centre, Scale, 2).Crossing(same, 1000, CloneFit.Start()));
    }

    [Fact]
    public void A_rising_probability_has_no_crossing()
    {
        double[] same = [.. Times.Select(t => 1000 * PosteriorMoments.CloneProbability(Math.Exp((t - Centre) / Scale)))];
        Assert.Null(new CloneFit(Times, Centre, Scale, 2).Crossing(same, 1000, CloneFit.Start()));
    }

    [Fact]
    public void A_step_from_certain_to_even_does_not_throw()
    {
        double[] same = [.. Times.Select(t => t < Centre ? 1000.0 : 500)];
        double? time = new CloneFit(Times, Centre, Scale, 2).Crossing(same, 1000, CloneFit.Start());
        if (time is double t) Assert.InRange(t, Times[7], Times[9]);
    }

    [Fact]
    public void A_crossing_beyond_the_branch_times_is_not_reported()
    {
        double[] same = [.. Times.Select(t => 1000 * PosteriorMoments.CloneProbability(Math.Exp(2 - (t - Centre) / Scale)))];
        Assert.Null(new CloneFit(Times, Centre, Scale, 2).Crossing(same, 1000, CloneFit.Start()));
    }

    [Fact]
    public void One_time_says_nothing() =>
        Assert.Null(new CloneFit([3.0], Centre, Scale, 2).Crossing([775], 1000, CloneFit.Start()));

    [Fact]
    public void Failure_leaves_the_start_as_it_was()
    {
        double[] coefficients = CloneFit.Start();
        Assert.Null(new CloneFit([3.0], Centre, Scale, 2).Crossing([775], 1000, coefficients));
        Assert.Equal(CloneFit.Start(), coefficients);
    }

    [Theory]
    [InlineData(0, -1, 0, 0)]
    [InlineData(0.1, -1.2, 0.2, -0.1)]
    [InlineData(-0.2, -0.9, -0.1, 0.05)]
    public void Noise_free_counts_of_a_cubic_probit_give_it_back(double a, double b, double c, double e)
    {
        double[] places = [.. Enumerable.Range(0, 9).Select(i => -2 + 0.25 * i)];
        double[] counts = [.. places.Select(x => 500 * (1 + ErrorFunction.Erf(Predictor(x) / Math.Sqrt(2))))];
        double[] coefficients = ProbitFit.Start();
        double crossing = new ProbitFit(places, -1, 1, 3).Crossing(counts, 1000, coefficients)!.Value;
        Assert.Equal([a, b, c, e], coefficients, (x, y) => Math.Abs(x - y) < 1e-6);
        Assert.Equal(0, Predictor(crossing), 1e-6);

        double Predictor(double x) => a + (x + 1) * (b + (x + 1) * (c + (x + 1) * e));
    }

    [Fact]
    public void Fewer_places_are_fitted_by_polynomials_of_lower_degree()
    {
        foreach (var (count, degree) in new[] { (2, 1), (5, 1), (6, 2), (7, 2), (8, 3), (20, 3) })
        {
            double[] places = [.. Enumerable.Range(0, count).Select(i => -1 + 2.0 * i / (count - 1))];
            double[] counts = [.. places.Select(x => 500 * (1 - ErrorFunction.Erf(0.7 * x - 0.2 * x * x + 0.1 * x * x * x)))];
            double[] coefficients = ProbitFit.Start();
            Assert.NotNull(new ProbitFit(places, 0, 1, 3).Crossing(counts, 1000, coefficients));
            Assert.Equal(degree, Array.FindLastIndex(coefficients, value => value != 0));
        }
    }

    /// <summary>Binomial counts at a fixed seed: over 200 repetitions the crossing scatters as its jackknife error says, to 4 errors of a
    /// mean and a variance.</summary>
    [Fact]
    public void The_error_of_a_crossing_is_its_scatter()
    {
        const int Repetitions = 200, PerBatch = 20;
        double[] places = [.. Enumerable.Range(0, 9).Select(i => -1 + 0.25 * i)];
        var batches = new Batches(PerBatch * Batches.Count);
        var fit = new ProbitFit(places, 0.1, 1, 3);
        var stream = Sweeps.Compute.Random.RandomStream.Of(3, "", "test");
        double sum = 0, squares = 0, variances = 0;
        ulong next = 0;
        for (int repetition = 0; repetition < Repetitions; repetition++)
        {
            var counts = new BatchSums(places.Length);
            for (int i = 0; i < places.Length; i++)
            {
                double p = ProbitLink.Probability(-places[i], out _);
                foreach (ref double count in counts.Row(i))
                    for (int sample = 0; sample < PerBatch; sample++) count += stream.Uniform(next++) < p ? 1 : 0;
            }
            counts.AddUp();
            var replicates = new double?[Batches.Count];
            double crossing = fit.Crossing(counts, batches, replicates)!.Value;
            sum += crossing;
            squares += crossing * crossing;
            variances += Math.Pow(Jackknife.StandardError(crossing, replicates, batches)!.Value, 2);
        }
        double mean = sum / Repetitions, variance = (squares - sum * mean) / (Repetitions - 1);
        Assert.InRange(mean / Math.Sqrt(variance / Repetitions), -4, 4);
        // Chi-square with 199 degrees of freedom: relative error √(2/199) = 0.1; the mean of jackknife variances adds little.
        Assert.InRange(variances / Repetitions / variance, 0.6, 1.6);
    }

    [Fact]
    public void Probit_is_the_normal_distribution_function_with_its_density_as_slope()
    {
        foreach (double x in new[] { -5.5, -1, 0, 0.3, 2 })
        {
            double p = ProbitLink.Probability(x, out double slope);
            Assert.Equal(0.5 * (1 + ErrorFunction.Erf(x / Math.Sqrt(2))), p, 1e-14);
            const double H = 1e-4;
            double difference = (ProbitLink.Probability(x + H, out _) - ProbitLink.Probability(x - H, out _)) / (2 * H);
            Assert.Equal(difference, slope, 1e-8);
        }
        Assert.InRange(ProbitLink.Probability(-1e9, out _), 1e-10, 1e-8);
        Assert.InRange(ProbitLink.Probability(1e9, out _), 1 - 1e-8, 1 - 1e-10);
    }
}
