using Sweeps.Compute.Experiments;
using Sweeps.Compute.Experiments.Mixture;
using Sweeps.Compute.Tests.Random;
using Sweeps.Compute.Theory;
using Xunit.Abstractions;
using CloneFit = Sweeps.Compute.Estimators.BinomialCrossingFit<Sweeps.Compute.Estimators.CloneProbabilityLink>;

namespace Sweeps.Compute.Tests.Experiments.Mixture;

/// <summary>Measured speciation against closed forms and published numbers (physics §3, §8), at fixed seeds; limits are 4 standard
/// errors.</summary>
public class SpeciationLawTests(ITestOutputHelper output)
{
    private const double Limit = 4;

    [Fact]
    public void The_published_clone_probabilities_come_out()
    {
        (double T, double Value)[] published = [(3, 0.9122), (3.5, 0.7651), (4, 0.6216), (4.5, 0.5580)];
        PointResult result = MixtureRuns.Speciation(
            MixtureRuns.Keys(("dimension", 1024), ("steps", 1000), ("samples", 40_000)), [.. published.Select(row => row.T)]);
        CurveSample[] curve = result.Curve("clone_probability");
        Assert.Equal(published.Length, curve.Length);
        foreach (var (row, sample) in published.Zip(curve))
        {
            Assert.Equal(row.T, sample.T, 1e-12);
            double theirs = Math.Sqrt(row.Value * (1 - row.Value) / 10_000), ours = sample.Estimate.StandardError!.Value;
            AssertWithin(row.Value, sample.Estimate.Value!.Value, Math.Sqrt(theirs * theirs + ours * ours),
                $"clone probability at {row.T}");
            Assert.InRange(sample.Estimate.Z!.Value, -5, 5);
        }
    }

    /// <summary>
    /// z of t_speciation and t_entropy_peak over 500 points, against Student's t with 31 degrees of freedom (Kolmogorov–Smirnov,
    /// p &gt; 0.01). Steps of 0.002 keep the Euler biases, −0.13 dt and −0.63 dt, below 0.05 standard errors; at 0.006 that of the peak is seen.
    /// </summary>
    [Fact]
    public void Over_a_sweep_z_is_distributed_as_Student_t_with_31_degrees_of_freedom()
    {
        var speciation = new double[500];
        var peak = new double[500];
        Threads.All.For(500, i =>
        {
            PointKeys keys = MixtureRuns.Keys(
                ("dimension", 64), ("separation", 0.6 + 0.0012 * i), ("horizon", 4), ("steps", 2000), ("samples", 1024));
            PointResult result = MixtureRuns.Measure(keys, MixtureRuns.Request("speciation", [], 17), SequentialLoop.Instance);
            speciation[i] = result.Of("t_speciation").Z!.Value;
            peak[i] = result.Of("t_entropy_peak").Z!.Value;
        });
        string report = Describe("t_speciation", speciation) + "; " + Describe("t_entropy_peak", peak);
        output.WriteLine(report);
        foreach (double[] z in new[] { speciation, peak })
            Assert.True(Laws.KolmogorovSmirnov(z, x => Laws.Student(x, 31)) > 0.01, report);

        static string Describe(string name, double[] z)
        {
            double mean = z.Average(), variance = z.Sum(x => (x - mean) * (x - mean)) / (z.Length - 1);
            double p = Laws.KolmogorovSmirnov(z, x => Laws.Student(x, 31));
            return FormattableString.Invariant($"{name}: mean z {mean:f3}, variance {variance:f3} (law 1.069), p {p:g3}");
        }
    }

    /// <summary>
    /// The bias of coarse steps is that of their chain, which is known without chance: modes far apart and close, scored by sign and by
    /// posterior, wide and narrow.
    /// </summary>
    [Theory]
    [InlineData(1024, 1, 1, 50, 10, -0.157)]
    [InlineData(1024, 1, 1, 100, 10, -0.145)]
    [InlineData(64, 1, 1, 100, 10, -0.145)]
    [InlineData(1, 0.5, 0.1, 50, 1, -0.427)]
    [InlineData(4, 1, 0.1, 60, 3, -0.132)]
    [InlineData(4, 1, 1, 100, 5, -0.180)]
    [InlineData(9, 4, 3, 100, 6, -0.146)]
    public void Coarse_steps_of_ou_have_the_bias_of_their_chain(
        int dimension, double separation, double sigma, int steps, double horizon, double expected)
    {
        PointKeys keys = MixtureRuns.Keys(
            ("dimension", dimension), ("separation", separation), ("sigma", sigma), ("horizon", horizon), ("steps", steps), ("samples", 400_000));
        Estimate estimate = MixtureRuns.Speciation(keys).Of("t_speciation");
        double bias = BiasOfChain(new(keys, 1)), dt = horizon / steps;
        output.WriteLine($"shift {estimate.Shift:f5} ± {estimate.StandardError:f5}; of the chain {bias:f5}, {bias / dt:f3} dt");
        AssertWithin(bias, estimate.Shift!.Value, estimate.StandardError!.Value, $"bias at dt = {dt}");
        Assert.Equal(expected, bias / dt, 0.001);
    }

    // As a measurement without chance finds it.
    private static double BiasOfChain(GaussianMixturePoint point)
    {
        double[] grid = point.Schedule.Grid(point.Steps);
        var times = new MeasurementTimes(point, grid, []);
        double[] same = new EulerChain(point.Mixture.ModeNorm, point.Mixture.Sigma, grid).CloneProbabilities(new CloneScore(point).IsBySign);
        double theory = times.SpeciationTime!.Value;
        double[] at = [.. times.Branches.Select(k => grid[k])];
        var fit = new CloneFit(at, theory, times.SpeciationScale, SpeciationMeasurement.FitDegree);
        double[] exact = [.. at.Select(t => PosteriorMoments.CloneProbability(point.Mixture.SignalToNoise(t)))];
        return fit.Crossing([.. times.Branches.Select(k => same[k])], 1, CloneFit.Start())!.Value - fit.Crossing(exact, 1, CloneFit.Start())!.Value;
    }

    /// <summary>
    /// Where ln ρ is curved the parabola misses; without what is taken away for it, z would be −5 to −9 here. Steps are so fine that their
    /// bias is below half a standard error.
    /// </summary>
    [Theory]
    [InlineData(4, 1.0, 0.1, 1, 0, 3, 1500)]
    [InlineData(4, 1.0, 0.5, 1, 0, 3, 1500)]
    [InlineData(4, 5.0, 8.0, 1, 0, 4, 1000)]
    [InlineData(64, 1.0, 1.0, 64, 1, 10, 3000)]
    [InlineData(64, 1.0, 1.0, 64, 0, 40, 3000)]
    public void Where_the_signal_is_no_exponential_the_speciation_time_is_right_all_the_same(
        int dimension, double separation, double sigma, double stiffness, double drift, double horizon, int steps)
    {
        PointKeys keys = MixtureRuns.Keys(
            ("dimension", dimension), ("separation", separation), ("sigma", sigma), ("stiffness", stiffness), ("drift", drift),
            ("horizon", horizon), ("steps", steps), ("samples", 100_000));
        Estimate estimate = MixtureRuns.Speciation(keys).Of("t_speciation");
        output.WriteLine($"shift {estimate.Shift:f5} ± {estimate.StandardError:f5}, z {estimate.Z:f2}");
        Assert.InRange(estimate.Z!.Value, -Limit, Limit);
    }

    [Theory]
    [InlineData(15, 500)]
    [InlineData(20, 500)]
    [InlineData(12, 300)]
    public void Steps_too_coarse_for_a_strong_drift_are_refused_though_every_number_is_finite(double drift, int steps)
    {
        PointKeys keys = MixtureRuns.Keys(("stiffness", 4), ("drift", drift), ("steps", steps));
        var error = Assert.Throws<ArithmeticException>(() => MixtureRuns.Speciation(keys));
        Assert.Contains("times what it should be; more steps, or a smaller horizon, keep it right", error.Message, StringComparison.Ordinal);
        Assert.NotNull(MixtureRuns.Speciation(MixtureRuns.Keys(("stiffness", 4), ("drift", drift), ("steps", 10_000))).Of("t_speciation").Value);
    }

    /// <summary>The entropy peak is moved five times as far as the speciation time: −0.63 dt, whatever the separation.</summary>
    [Theory]
    [InlineData(1, 60)]
    [InlineData(1, 120)]
    [InlineData(2, 60)]
    public void Coarse_steps_move_the_entropy_peak_too(double separation, int steps)
    {
        PointKeys keys = MixtureRuns.Keys(("separation", separation), ("horizon", 6), ("steps", steps), ("samples", 400_000));
        Estimate estimate = MixtureRuns.Speciation(keys).Of("t_entropy_peak");
        double dt = 6.0 / steps;
        output.WriteLine($"shift {estimate.Shift:f5} ± {estimate.StandardError:f5}, {estimate.Shift / dt:f3} dt");
        AssertWithin(-0.63 * dt, estimate.Shift!.Value, estimate.StandardError!.Value + 0.02 * dt / Limit, $"bias at dt = {dt}");
    }

    [Theory]
    [InlineData(1024, -0.012)]
    [InlineData(16_384, -0.07)]
    public void At_500_steps_of_cosine_the_bias_is_the_stated_one(int dimension, double bias)
    {
        PointKeys keys = MixtureRuns.Keys(("dimension", dimension), ("schedule", "cosine"), ("steps", 500), ("samples", 200_000));
        Estimate estimate = MixtureRuns.Speciation(keys).Of("t_speciation");
        output.WriteLine($"shift {estimate.Shift:f5} ± {estimate.StandardError:f5}");
        AssertWithin(bias, estimate.Shift!.Value, estimate.StandardError!.Value + 0.1 * Math.Abs(bias) / Limit,
            $"bias at |m|² = {dimension}");
    }

    [Fact]
    public void All_five_schedules_find_the_same_time_at_fine_steps()
    {
        string[] schedules = ["ou", "vp-linear", "cosine", "edm", "entropy-aware"];
        Estimate[] estimates =
        [
            .. schedules.Select(schedule => MixtureRuns.Speciation(MixtureRuns.Keys(("schedule", schedule), ("steps", 4000), ("samples", 16_384)))
                .Of("t_speciation")),
        ];
        foreach (var (schedule, estimate) in schedules.Zip(estimates))
        {
            output.WriteLine($"{schedule}: {estimate.Shift:f5} ± {estimate.StandardError:f5}");
            AssertWithin(estimates[0].Theory!.Value, estimate.Value!.Value, estimate.StandardError!.Value, schedule);
            AssertWithin(
                estimates[0].Value!.Value, estimate.Value.Value,
                Math.Sqrt(Math.Pow(estimate.StandardError.Value, 2) + Math.Pow(estimates[0].StandardError!.Value, 2)),
                    schedule + " against ou");
        }
    }

    /// <summary>P(t_commit &gt; t) = erf √(ρ/2): its quartiles lie at ρ = 1.3233, 0.45494 and 0.10153.</summary>
    [Fact]
    public void Commitment_times_have_the_quartiles_of_their_law()
    {
        PointResult result = MixtureRuns.Speciation(MixtureRuns.Keys(("dimension", 1024), ("steps", 4000), ("samples", 32_768)));
        foreach (var (name, rho) in new[] { ("t_commit_q25", 1.3233), ("t_commit", 0.45494), ("t_commit_q75", 0.10153) })
        {
            Estimate estimate = result.Of(name);
            output.WriteLine($"{name}: {estimate.Shift:f5} ± {estimate.StandardError:f5}");
            Assert.Equal(0.5 * Math.Log(1024 / rho), estimate.Theory!.Value, 1e-4);
            AssertWithin(estimate.Theory.Value, estimate.Value!.Value, estimate.StandardError!.Value, name);
        }
    }

    [Theory]
    [InlineData("slowest", 0.8)]
    [InlineData("uniform", 0.0)]
    [InlineData("fastest", 1.2)]
    public void Under_stiffness_and_drift_curves_and_times_follow_theory(string direction, double drift)
    {
        PointKeys keys = MixtureRuns.Keys(
            ("dimension", 9), ("separation", 1.5), ("stiffness", 4), ("drift", drift), ("direction", direction), ("horizon", 8),
            ("steps", 3000), ("samples", 8192));
        PointResult result = MixtureRuns.Speciation(keys, [0.5, 1, 1.5, 2, 3, 4]);
        foreach (string name in new[] { "t_speciation", "t_entropy_peak" }) Assert.InRange(result.Of(name).Z!.Value, -Limit, Limit);
        foreach (CurveSample sample in result.Curves)
            Assert.True(Math.Abs(sample.Estimate.Shift!.Value) < Limit * sample.Estimate.StandardError!.Value + 2e-4, $"{sample}");
    }

    [Fact]
    public void The_active_coordinates_say_what_all_coordinates_say()
    {
        foreach (PointKeys keys in new[]
        {
            MixtureRuns.Keys(("dimension", 12), ("steps", 400), ("samples", 8192)),
            MixtureRuns.Keys(("dimension", 12), ("stiffness", 4), ("drift", 0.8), ("steps", 400), ("samples", 8192)),
        })
        {
            ExperimentRequest request = MixtureRuns.Request("speciation", []);
            PointResult active = MixtureRuns.Measure(keys, request),
                all = MixtureRuns.Measure(keys, request, null, SimulatedCoordinates.All);
            foreach (var (a, b) in active.Estimates.Zip(all.Estimates))
            {
                Assert.NotEqual(a.Value, b.Value);
                AssertWithin(a.Value!.Value, b.Value!.Value, Math.Sqrt(Math.Pow(a.StandardError!.Value, 2)
                    + Math.Pow(b.StandardError!.Value, 2)), "all");
            }
        }
    }

    private static void AssertWithin(double expected, double actual, double error, string what) => Assert.True(
        Math.Abs(actual - expected) < Limit * error,
            FormattableString.Invariant($"{what}: {actual:f5} against {expected:f5}, error {error:g3}"));
}
