using Sweeps.Compute.Estimators;
using Sweeps.Compute.Experiments;
using Sweeps.Compute.Experiments.Mixture;
using Sweeps.Compute.Schedules;
using Xunit.Abstractions;

namespace Sweeps.Compute.Tests.Experiments.Mixture;

/// <summary>
/// Clones on data and memorised samples, run by the scalar sampler at small sizes and fixed seeds; limits are 4 standard errors, both
/// sides' where two are measured.
/// </summary>
public class MemorisationTests(ITestOutputHelper output)
{
    private const double Limit = 4;
    private static readonly (string, object)[] Small =
        [("dimension", 3), ("training_points", 30), ("samples", 256), ("steps", 60), ("horizon", 2)];


    /// <summary>In continuous time both are the same number. Euler steps of 0.01 to 0.02 take 0.001 to 0.005 off the clones' side, a third
    /// of the limit.</summary>
    [Theory]
    [InlineData(3, 30, 1.0, 0.0, "slowest", 1.0)]
    [InlineData(8, 100, 1.0, 0.0, "slowest", 3.0)]
    [InlineData(7, 60, 4.0, 0.8, "uniform", 2.0)]
    [InlineData(16, 10, 1.0, 0.0, "slowest", 4.0)]
    public void Clones_collapse_when_the_participation_crosses_one_half(
        int d, int n, double stiffness, double drift, string direction, double horizon)
    {
        PointKeys keys = Keys(
            ("dimension", d), ("training_points", n), ("stiffness", stiffness), ("drift", drift), ("direction", direction),
            ("horizon", horizon), ("steps", 200), ("samples", 1024));
        Estimate clone = Collapse(Run(keys)), participation = MixtureRuns.Collapse(keys).Of("t_collapse", "collapse");
        output.WriteLine($"{clone.Value:f4} ± {clone.StandardError:f4}, {participation.Value:f4} ± {participation.StandardError:f4}");
        Assert.Equal(participation.Theory, clone.Theory);
        Assert.Null(clone.Z);
        Assert.InRange(clone.StandardError!.Value / clone.Value!.Value, 0.002, 0.1);
        AssertAgree(clone, participation);
    }

    [Fact]
    public void The_clone_probability_is_the_participation()
    {
        PointKeys keys = Keys(("dimension", 6), ("training_points", 40), ("steps", 200), ("samples", 1024));
        double[] times = [0.1, 0.2, 0.3, 0.4];
        CurveSample[] clones = [.. Run(keys, times).Curves()], participation = MixtureRuns.Collapse(keys, times).Curve("participation");
        Assert.Equal(4, clones.Length);
        Assert.Contains(clones, sample => sample.Estimate.Value is > 0.3 and < 0.7);
        foreach (var (ours, theirs) in clones.Zip(participation))
        {
            output.WriteLine($"{ours.T}: {ours.Estimate.Value:f4} ± {ours.Estimate.StandardError:f4}, {theirs.Estimate.Value:f4}");
            Assert.Equal(theirs.T, ours.T);
            Assert.Null(ours.Estimate.Theory);
            AssertAgree(ours.Estimate, theirs.Estimate);
        }
    }

    /// <summary>
    /// The participation is the exact clone probability: fitted at the branch times, wherever these lie, its crossing moves by less than a
    /// fifth of the standard error at 4096 samples (that of independent pairs, the smallest there is).
    /// </summary>
    [Theory]
    [InlineData(8, 200, 0.0, 0.0072)]
    [InlineData(4, 50, 0.0, 0.0108)]
    [InlineData(7, 200, 0.8, 0.0078)]
    [InlineData(64, 500, 0.0, 0.0030)]
    public void The_fit_of_exact_probabilities_has_little_bias(int d, int n, double drift, double standardError)
    {
        // So many that the fit's smoothing of the curve's own noise is no bias to speak of.
        const int Queries = 65536;
        var point = new GaussianMixturePoint(
            Keys(("dimension", d), ("training_points", n), ("drift", drift), ("stiffness", drift > 0 ? 4 : 1), ("direction", "uniform"),
                ("samples", Queries), ("horizon", 5)), 1);
        var simulation = new CollapseSimulation(point, MixtureKernelsSimd.Instance);
        double centre = Math.Log(new CollapsePilot(simulation, 5).Crossing(null, CancellationToken.None)!.Value);
        double width = simulation.LogWidth(Math.Exp(centre)), half = MemorisationTimes.HalfWindow * width;
        double[] nodes = ChebyshevCrossing.Nodes(centre - 1.2 * width, centre + 1.2 * width, 12);
        double exact = ChebyshevCrossing.FallingCrossing(nodes, Participation(nodes), 0.5)!.Value;
        foreach (double offset in new[] { -0.4, 0, 0.4 })
        {
            double middle = exact + offset * width;
            double[] places = [.. MeasurementTimes.Uniform(middle - half, middle + half, MemorisationTimes.BranchCount)];
            double fitted = new BinomialCrossingFit<ProbitLink>(places, middle, width, MemorisationMeasurement.FitDegree)
                .Crossing([.. Participation(places).Select(p => 1e6 * p)], 1e6, BinomialCrossingFit<ProbitLink>.Start())!.Value;
            output.WriteLine($"{offset}: bias {(fitted - exact) / standardError:f3} standard errors");
            Assert.InRange(fitted - exact, -0.2 * standardError, 0.2 * standardError);
        }

        double[] Participation(double[] logTimes)
        {
            var batches = simulation.Run([.. logTimes.Select(Math.Exp)], Threads.All, CancellationToken.None);
            return [.. logTimes.Select((_, i) => batches.Sum(batch => batch.Participation[i]) / Queries)];
        }
    }

    [Theory]
    [InlineData("edm", 40)]
    [InlineData("ou", 200)]
    public void Far_apart_training_points_are_memorised_with_short_steps(string schedule, int steps)
    {
        Estimate all = Run(Keys(("dimension", 32), ("training_points", 20), ("schedule", schedule), ("steps", steps), ("samples", 64)))
            .Estimates().Last();
        Assert.Equal(new(1, null, null), all);
    }

    /// <summary>
    /// The noise √(2 dt) of the last step, in units of the distance √(2 d) of training points: √(dt) at dt = 1 hides every copy.
    /// </summary>
    [Fact]
    public void Long_last_steps_hide_the_copies() =>
        Assert.Equal(
            new(0, null, null), Run(Keys(("dimension", 32), ("training_points", 20), ("steps", 2), ("samples", 64))).Estimates().Last());

    [Theory]
    [InlineData("reference")]
    [InlineData("simd")]
    public void Threads_and_their_order_do_not_matter(string form)
    {
        PointKeys keys = Keys();
        long?[] one = Bits(Run(keys, [0.1, 0.3], loop: new Threads(1), kernels: Kernels(form)));
        Assert.Equal(one, Bits(Run(keys, [0.1, 0.3], loop: new Threads(2), kernels: Kernels(form))));
        Assert.Equal(one, Bits(Run(keys, [0.1, 0.3], loop: SequentialLoop.Instance, kernels: Kernels(form))));
        Assert.Equal(one, Bits(Run(keys, [0.1, 0.3], loop: Backwards.Instance, kernels: Kernels(form))));
    }

    [Fact]
    public void Curve_times_change_nothing_else_and_rows_do_not_depend_on_their_neighbours()
    {
        PointKeys keys = Keys();
        MemorisationMeasurement none = Run(keys);
        Assert.Empty(none.Curves());
        CurveSample[] all = [.. Run(keys, [.. Enumerable.Range(1, 60).Select(k => k / 30.0)]).Curves()];
        Assert.InRange(all.Length, 10, 30);
        double[] expected = [.. Enumerable.Range(1, all.Length).Select(k => k / 30.0)];
        Assert.Equal(expected, all.Select(sample => sample.T), (a, b) => Math.Abs(a - b) < 1e-12);
        foreach (double[] times in new double[][] { [0.1], [1.9, 0.1, 0.2, 0.1], [0.3, 1.5, 2] })
        {
            MemorisationMeasurement some = Run(keys, times);
            Assert.Equal(none.Estimates(), some.Estimates());
            Assert.NotEmpty(some.Curves());
            Assert.All(some.Curves(), row => Assert.Contains(row, all));
        }
    }

    /// <summary>The window holds the branches of the fit; a curve row there is one of them.</summary>
    [Fact]
    public void Curves_end_with_the_last_branch_of_the_fit()
    {
        var point = new GaussianMixturePoint(Keys(), 1);
        double[] grid = point.Schedule.Grid(point.Steps);
        var times = new MemorisationTimes(point, MixtureKernelsSimd.Instance, grid, [1, 2, 59, 60], CancellationToken.None);
        Assert.InRange(times.Branches.Length, 6, 10);
        Assert.True(times.Branches[^1] < 59);
        Assert.Equal([1, 2], times.Curves);
        var simulation = new MemorisationSimulation(point, grid, SampledBy.Reference);
        MemorisationTally few = simulation.Run(times.Branches, SequentialLoop.Instance, CancellationToken.None);
        int[] union = [.. times.Branches.Union([1, 2, 40]).Order()];
        MemorisationTally more = simulation.Run(union, SequentialLoop.Instance, CancellationToken.None);
        Assert.All(times.Branches, k => Assert.Equal(few.Same(k), more.Same(k)));
        Assert.Equal(few.Memorised, more.Memorised);
        CurveSample row = Run(Keys(), [grid[times.Branches[2]]]).Curves().Single();
        Assert.Equal(few.Same(times.Branches[2]).Sum() / 256, row.Estimate.Value);
    }

    [Fact]
    public void Branches_spread_out_on_a_grid_that_is_coarse_at_the_transition()
    {
        foreach (var (steps, fewest) in new[] { (3, 3), (5, 5), (8, 6), (300, 9) })
        {
            var point = new GaussianMixturePoint(Keys(("steps", steps)), 1);
            int[] branches = new MemorisationTimes(point, MixtureKernelsSimd.Instance, point.Schedule.Grid(steps), [], CancellationToken.None).Branches;
            Assert.Equal(branches.Distinct().Order(), branches);
            Assert.InRange(branches[0], 1, steps);
            Assert.InRange(branches[^1], 1, steps);
            Assert.InRange(branches.Length, fewest, 10);
        }
    }

    [Fact]
    public void Without_a_crossing_there_is_no_collapse_time_and_no_curve_but_samples_are_counted()
    {
        // Two points always share half of the weight; at horizon 0.5 three points in 100 dimensions are told apart throughout.
        foreach (PointKeys keys in new[]
        {
            Keys(("training_points", 2)), Keys(("dimension", 100), ("training_points", 3), ("horizon", 0.5), ("samples", 64)),
        })
        {
            MemorisationMeasurement result = Run(keys, [0.1, 0.4]);
            Assert.Null(Collapse(result).Value);
            Assert.Null(Collapse(result).StandardError);
            Assert.Empty(result.Curves());
            Assert.InRange(result.Estimates().Last().Value!.Value, 0.3, 1);
        }
    }

    [Fact]
    public void A_single_training_point_has_no_second_nearest() =>
        Assert.Equal([default, default], Run(Keys(("training_points", 1), ("samples", 64))).Estimates());

    [Fact]
    public void Collapse_below_the_first_step_is_not_reported() =>
        Assert.Null(Collapse(Run(Keys(("dimension", 1), ("training_points", 1000), ("samples", 64), ("steps", 20)))).Value);

    [Fact]
    public void Seeds_change_the_numbers()
    {
        var (one, other) = (Run(Keys()).Estimates().ToArray(), Run(Keys(), seed: 2).Estimates().ToArray());
        Assert.All(one.Zip(other), pair => Assert.NotEqual(pair.First.Value, pair.Second.Value));
    }

    /// <summary>Trunk and branches alone, so that no search for their times can fail first.</summary>
    [Theory]
    [InlineData("reference")]
    [InlineData("simd")]
    public void A_trajectory_that_leaves_the_finite_numbers_fails_the_point(string form)
    {
        PointKeys keys = Keys(("stiffness", 1e6), ("steps", 60), ("horizon", 1000), ("samples", 64));
        var error = Assert.Throws<ArithmeticException>(() => Simulate(keys, form, CancellationToken.None));
        Assert.Equal(UnstableRun.Of(ScheduleKind.Ou).Message, error.Message);
        Assert.Throws<ArithmeticException>(() => Run(keys, loop: SequentialLoop.Instance, kernels: Kernels(form)));
    }

    [Theory]
    [InlineData("reference")]
    [InlineData("simd")]
    public void A_cancelled_point_stops(string form) =>
        Assert.Throws<OperationCanceledException>(() => Simulate(Keys(), form, new(true)));

    private static void Simulate(PointKeys keys, string form, CancellationToken cancellation)
    {
        var point = new GaussianMixturePoint(keys, 1);
        new MemorisationSimulation(point, point.Schedule.Grid(point.Steps), Kernels(form)).Run([5], SequentialLoop.Instance, cancellation);
    }

    private static void AssertAgree(Estimate a, Estimate b)
    {
        double error = Math.Sqrt(Math.Pow(a.StandardError!.Value, 2) + Math.Pow(b.StandardError!.Value, 2));
        Assert.InRange(a.Value!.Value - b.Value!.Value, -Limit * error, Limit * error);
    }

    private static Estimate Collapse(MemorisationMeasurement measurement) => measurement.Estimates().First();

    private static IMixtureKernels Kernels(string form) => form == "simd" ? MixtureKernelsSimd.Instance : SampledBy.Reference;

    private static MemorisationMeasurement Run(
        PointKeys keys, double[]? times = null, long seed = 1, IParallelLoop? loop = null, IMixtureKernels? kernels = null)
    {
        var point = new GaussianMixturePoint(MixtureRuns.Experiment.Normalise(keys), seed);
        double[] grid = point.Schedule.Grid(point.Steps);
        return MemorisationMeasurement.Simulate(
            point, grid, MeasurementTimes.CurveIndices(grid, [.. times ?? []]), kernels ?? SampledBy.Reference, loop ?? Threads.All,
            CancellationToken.None);
    }

    private static long?[] Bits(MemorisationMeasurement measurement) =>
        new PointResult([.. measurement.Estimates()], [.. measurement.Curves()]).Bits();

    private static PointKeys Keys(params (string, object)[] given) => MixtureRuns.Keys([.. Small, .. given]);
}
