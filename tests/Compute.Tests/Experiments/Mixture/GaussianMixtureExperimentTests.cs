using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Sweeps.Compute.Experiments;
using Sweeps.Compute.Experiments.Mixture;
using Sweeps.Properties;

namespace Sweeps.Compute.Tests.Experiments.Mixture;

public class GaussianMixtureExperimentTests
{
    private static readonly GaussianMixtureExperiment Experiment = MixtureRuns.Experiment;
    private static readonly (string, object)[] Small = [("steps", 60), ("samples", 128), ("training_points", 200)];

    [Fact]
    public void Classes_told_apart_nowhere_have_no_speciation_time()
    {
        // ρ(0) = |m|²/σ² = 0.64.
        PointResult result = MixtureRuns.Speciation(Keys(("dimension", 1), ("separation", 0.8)), null);
        Assert.Equal(default, result.Of("t_speciation") with { TheoryIsExact = false });
        Assert.Equal(default, result.Of("s_speciation") with { TheoryIsExact = false });
    }

    [Fact]
    public void Classes_still_told_apart_at_the_horizon_have_no_speciation_time()
    {
        PointResult result = MixtureRuns.Speciation(Keys(("dimension", 1024), ("horizon", 2)), null);
        Assert.Equal(default, result.Of("t_speciation") with { TheoryIsExact = false });
        Assert.Equal(default, result.Of("t_entropy_peak") with { TheoryIsExact = false });
        // The class was settled before the run began: nothing to time.
        Assert.Null(result.Of("t_commit_q75").Value);
        Assert.Equal(72, MixtureRuns.Measure(Keys(("dimension", 1024), ("horizon", 2)), MixtureRuns.Request("speciation")).Curves.Length);
    }

    [Fact]
    public void Without_separation_there_is_collapse_and_nothing_else()
    {
        PointResult result = MixtureRuns.Measure(Keys(("separation", 0)), MixtureRuns.Request("speciation+collapse"));
        foreach (string name in new[] { "t_speciation", "s_speciation", "t_entropy_peak", "t_commit", "t_commit_q25", "t_commit_q75" })
        {
            Assert.Null(result.Of(name).Value);
            Assert.Null(result.Of(name).StandardError);
            Assert.Null(result.Of(name).Theory);
        }
        Assert.NotNull(result.Of("t_collapse").Value);
        Assert.All(result.Curve("clone_probability"), sample => Assert.Equal(0.5, sample.Estimate.Value!.Value, 0.3));
        Assert.All(result.Curve("class_entropy"), sample => Assert.Equal(Math.Log(2), sample.Estimate.Value!.Value, 1e-5));
    }

    [Fact]
    public void Collapse_beyond_the_window_is_null_and_its_curves_stay()
    {
        PointResult result = MixtureRuns.Collapse(Keys(("dimension", 1000), ("training_points", 3), ("horizon", 0.5)), [0.1, 0.4]);
        Assert.Null(result.Of("t_collapse", "collapse").Value);
        Assert.Null(result.Of("t_collapse", "collapse").StandardError);
        Assert.Null(result.Of("t_collapse", "collapse").Theory);
        Assert.All(result.Curve("participation"), sample => Assert.Equal(1, sample.Estimate.Value!.Value, 1e-5));
    }

    [Theory]
    [InlineData(64, 1, 2)]
    [InlineData(64, 2, 2)]
    [InlineData(65, 3, 2)]
    [InlineData(100, 7, 5)]
    [InlineData(127, 60, 5)]
    public void Odd_numbers_of_samples_and_few_steps_are_measured_all_the_same(int samples, int steps, int schedules)
    {
        foreach (string schedule in new[] { "ou", "entropy-aware", "vp-linear", "cosine", "edm" }.Take(schedules))
        {
            PointKeys keys = Keys(("samples", samples), ("steps", steps), ("schedule", schedule), ("dimension", 9), ("stiffness", 2),
                ("horizon", 2));
            PointResult result = MixtureRuns.Measure(keys, MixtureRuns.Request("speciation+collapse"));
            Assert.Equal(Experiment.Quantities(Experiment.DefaultMeasures).Length, result.Estimates.Length);
            Assert.NotEmpty(result.Curves);
            Assert.All(result.Curve("clone_probability"), sample => Assert.InRange(sample.Estimate.Value!.Value, 0, 1));
            Assert.All(result.Curve("class_entropy"), sample => Assert.InRange(sample.Estimate.Value!.Value, 0, 0.6932));
        }
    }

    [Fact]
    public void Curve_times_snap_to_the_grid_inside_the_window_and_come_once()
    {
        // 60 steps to T = 3: every 0.05.
        PointResult result = MixtureRuns.Measure(
            Keys(("horizon", 3)), MixtureRuns.Request("speciation+collapse", [2.99, 0.51, 0.52, 1.0, -1, 3.001, 50, 0, 0.01]));
        foreach (CurveObservable observable in Experiment.Observables(Experiment.DefaultMeasures))
            Assert.Equal([0.5, 1, 3], result.Curve(observable.Name).Select(sample => sample.T), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(Experiment.Observables(Experiment.DefaultMeasures).Select(o => o.Name),
            result.Curves.Select(sample => sample.Observable).Distinct());
    }

    [Fact]
    public void Curve_rows_stay_within_the_bound()
    {
        foreach (double[]? times in new double[]?[] { null, [], [0.5], [0.5, 1, 1.5, 2, 2.5, 9.9] })
        {
            foreach (string measures in new[] { "speciation", "collapse", "speciation+collapse" })
            {
                ExperimentRequest request = MixtureRuns.Request(measures, times);
                int rows = MixtureRuns.Measure(Keys(), request).Curves.Length;
                Assert.InRange(rows, 0, Experiment.MaximumCurveRows(request));
                Assert.Equal(Experiment.MaximumCurveRows(request), rows);
                Assert.InRange(MixtureRuns.Measure(Keys(("steps", 8)), request).Curves.Length, 0, Experiment.MaximumCurveRows(request));
            }
        }
    }

    [Fact]
    public void Curve_rows_of_memorisation_stay_within_the_bound()
    {
        foreach (double[]? times in new double[]?[] { null, [], [0.1], [0.1, 0.2, 0.3, 5, 9.9] })
        {
            ExperimentRequest request = MixtureRuns.Request("memorisation", times);
            int rows = MixtureRuns.Measure(Keys(("dimension", 4), ("training_points", 20), ("horizon", 2)), request).Curves.Length;
            Assert.InRange(rows, times is [] ? 0 : 1, Experiment.MaximumCurveRows(request));
        }
    }

    [Fact]
    public void Memorisation_is_measured_where_it_is_asked_for()
    {
        Assert.Equal(["speciation", "collapse"], Experiment.DefaultMeasures.AsEnumerable());
        Assert.Equal(["t_collapse_clone", "memorised_fraction"], Experiment.Quantities(["memorisation"]).Select(quantity => quantity.Name));
        Assert.Equal("memorisation", Experiment.Measures[2]);
        PointKeys keys = Keys(("dimension", 4), ("training_points", 20), ("horizon", 2));
        IReadOnlyDictionary<string, double?> theory = Experiment.Theory(keys, 0);
        Assert.Equal(theory["t_collapse"], theory["t_collapse_clone"]);
        Assert.NotNull(theory["t_collapse_clone"]);
        Assert.Null(theory["memorised_fraction"]);
    }

    [Theory]
    [InlineData(64, 1)]
    [InlineData(65, 2)]
    [InlineData(100, 7)]
    public void Memorisation_of_odd_numbers_of_samples_and_few_steps_is_measured_all_the_same(int samples, int steps)
    {
        foreach (string schedule in new[] { "ou", "vp-linear", "cosine", "edm", "entropy-aware" })
        {
            PointKeys keys = Keys(("samples", samples), ("steps", steps), ("schedule", schedule), ("dimension", 5), ("stiffness", 2),
                ("horizon", 3), ("training_points", 20));
            PointResult result = MixtureRuns.Measure(keys, MixtureRuns.Request("memorisation"));
            Assert.Equal(2, result.Estimates.Length);
            Assert.InRange(result.Estimates[1].Value!.Value, 0, 1);
            Assert.All(result.Curves, sample => Assert.InRange(sample.Estimate.Value!.Value, 0, 1));
        }
    }

    [Fact]
    public void No_times_give_no_curves() =>
        Assert.Empty(MixtureRuns.Measure(Keys(), MixtureRuns.Request("speciation+collapse", [])).Curves);

    [Fact]
    public void Theory_names_every_quantity_and_says_what_a_measurement_says()
    {
        PointKeys keys = Keys(("stiffness", 4), ("drift", 0.8), ("dimension", 6), ("training_points", 40));
        IReadOnlyDictionary<string, double?> theory = Experiment.Theory(keys, 0);
        ImmutableArray<Quantity> quantities = Experiment.Quantities(Experiment.Measures);
        Assert.Equal(quantities.Select(quantity => quantity.Name).Order(), theory.Keys.Order());
        PointResult result = MixtureRuns.Measure(keys, MixtureRuns.Request("speciation+collapse+memorisation", []));
        Assert.Equal(quantities.Length, result.Estimates.Length);
        foreach (var (quantity, estimate) in quantities.Zip(result.Estimates))
        {
            Assert.Equal(theory[quantity.Name], estimate.Theory);
            if (quantity.TheoryOnly) Assert.Null(estimate.Value);
        }
    }

    [Fact]
    public void A_random_direction_is_the_seeds_and_the_same_at_every_point_of_a_sweep()
    {
        (string, object)[] random = [("direction", "random"), ("stiffness", 16), ("dimension", 6), ("training_points", 40)];
        double? Speciation(long seed, params (string, object)[] more) => Experiment.Theory(Keys([.. random, .. more]), seed)["t_speciation"];

        double? usual = Speciation(7);
        Assert.NotNull(usual);
        Assert.Equal([usual, usual, usual], [Speciation(7, ("steps", 30)), Speciation(7, ("samples", 128)), Speciation(7, ("training_points", 50))]);
        Assert.NotEqual(usual, Speciation(8));

        PointResult result = MixtureRuns.Speciation(Keys(random), seed: 7);
        Assert.Equal(usual, result.Estimates[0].Theory);
    }

    [Fact]
    public void A_horizon_is_dropped_where_the_schedule_has_its_own_and_nowhere_else()
    {
        foreach (string schedule in new[] { "vp-linear", "cosine", "edm" })
        {
            PointKeys normal = Experiment.Normalise(Keys(("schedule", schedule)));
            Assert.True(normal["horizon"].IsNull);
            Assert.Equal(schedule, normal["schedule"].AsWord());
            Assert.Equal(normal.Canonical(), Experiment.Normalise(normal).Canonical());
            ExperimentRequest request = MixtureRuns.Request("speciation", []);
            Assert.Equal(MixtureRuns.Measure(normal, request).Bits(), MixtureRuns.Measure(Keys(("schedule", schedule), ("horizon", 4)),
                request).Bits());
        }
        foreach (string schedule in new[] { "ou", "entropy-aware" })
            Assert.Equal(7, Experiment.Normalise(Keys(("schedule", schedule), ("horizon", 7)))["horizon"].AsReal());
    }

    [Fact]
    public void Defaults_lie_inside_their_ranges_and_raise_no_objection()
    {
        foreach (ExperimentKey key in Experiment.Keys)
        {
            if (key.Kind == KeyKind.Choice) Assert.Contains(key.Default.AsWord(), key.Choices);
            else Assert.InRange(key.Default.AsReal(), key.Minimum, key.Maximum);
        }
        Assert.Empty(Objections([]));
    }

    [Fact]
    public void A_horizon_without_effect_is_objected_to()
    {
        Objection only = Assert.Single(Objections(["horizon", "schedule"], ("schedule", [KeyValue.Of("cosine")])));
        Assert.Equal("horizon", only.Key);
        Assert.Contains("cosine", only.Mistake, StringComparison.Ordinal);
        Assert.Empty(Objections(["schedule"], ("schedule", [KeyValue.Of("cosine")])));
        Assert.Empty(Objections(["horizon", "schedule"], ("schedule", [KeyValue.Of("cosine"), KeyValue.Of("ou")])));
    }

    [Fact]
    public void Several_horizons_beside_a_schedule_with_its_own_are_objected_to()
    {
        (string, ImmutableArray<KeyValue>) horizons = ("horizon", [KeyValue.Of(5.0), KeyValue.Of(6.0)]);
        Assert.Equal("horizon", Assert.Single(Objections(["horizon"], horizons, ("schedule", [KeyValue.Of("edm"),
            KeyValue.Of("ou")]))).Key);
        Assert.Empty(Objections(["horizon"], horizons, ("schedule", [KeyValue.Of("ou"), KeyValue.Of("entropy-aware")])));
    }

    [Fact]
    public void Work_that_no_memory_holds_is_objected_to_with_its_size()
    {
        (string, ImmutableArray<KeyValue>) huge = ("dimension", [KeyValue.Of(64), KeyValue.Of(100_000_000)]);
        Objection batch = Assert.Single(Objections(["dimension"], huge));
        Assert.Equal("dimension", batch.Key);
        Assert.Contains("GB", batch.Mistake, StringComparison.Ordinal);
        Assert.Empty(Objections(["dimension"], "speciation", huge));
        Assert.Single(Objections(["dimension"], "speciation", huge, ("direction", [KeyValue.Of("uniform")]), ("stiffness",
            [KeyValue.Of(2.0)])));
    }

    [Fact]
    public void Training_sets_and_samples_that_no_memory_holds_are_objected_to_with_their_sizes()
    {
        (string, ImmutableArray<KeyValue>) points = ("training_points", [KeyValue.Of(20_000_000L)]),
            samples = ("samples", [KeyValue.Of(100_000_000L)]), wide = ("dimension", [KeyValue.Of(256L)]);
        Objection many = Assert.Single(Objections(["training_points"], "memorisation", points));
        Assert.Equal("training_points", many.Key);
        Assert.Contains("5.28 GB for training points", many.Mistake, StringComparison.Ordinal);
        Objection large = Assert.Single(Objections(["samples"], "memorisation", samples, wide));
        Assert.Equal("samples", large.Key);
        Assert.Contains("16 GB for samples", large.Mistake, StringComparison.Ordinal);
        Assert.Empty(Objections(["training_points"], "collapse", points));
        Assert.Empty(Objections([], "memorisation"));
    }

    /// <summary>Chunks are cut by the keys that affect the cost: points that agree in those must cost the same.</summary>
    [Fact]
    public void Predicted_seconds_depend_only_on_keys_that_affect_the_cost()
    {
        Gen<PointKeys> any =
            from d in Gen.Elements(1, 2, 64, 1000)
            from mu in Gen.Elements(0, 0.5, 3)
            from sigma in Gen.Elements(0.1, 1)
            from schedule in Gen.Elements("ou", "edm")
            from horizon in Gen.Elements(1.0, 10)
            from steps in Gen.Elements(1, 500)
            from drift in Gen.Elements(0.0, 1)
            from stiffness in Gen.Elements(1.0, 4)
            from direction in Gen.Elements("slowest", "uniform")
            from n in Gen.Elements(2, 10_000)
            from samples in Gen.Elements(64, 100, 4096)
            select MixtureRuns.Keys(
                ("dimension", d), ("separation", mu), ("sigma", sigma), ("schedule", schedule), ("horizon", horizon), ("steps", steps),
                ("drift", drift), ("stiffness", stiffness), ("direction", direction), ("training_points", n), ("samples", samples));
        Prop.ForAll(any.ToArbitrary(), any.ToArbitrary(), (a, b) =>
        {
            var mixed = new PointKeys(a.Keys, [.. a.Keys.Select((key, i) => key.AffectsCost ? a.Values[i] : b.Values[i])]);
            foreach (string measures in new[] { "speciation", "collapse", "memorisation", "speciation+collapse+memorisation" })
            {
                ExperimentRequest request = MixtureRuns.Request(measures);
                double seconds = Experiment.PredictedSeconds(a, request);
                Assert.True(double.IsFinite(seconds) && seconds > 0);
                Assert.Equal(seconds, Experiment.PredictedSeconds(mixed, request));
                Assert.Equal(seconds, Experiment.PredictedSeconds(Experiment.Normalise(a), request));
            }
        }).Check(Repeatable.Runs);
    }

    [Fact]
    public void A_cancelled_measurement_stops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        foreach (string measures in new[] { "speciation", "collapse", "memorisation" })
            Assert.Throws<OperationCanceledException>(
                () => Experiment.Measure(Keys(), MixtureRuns.Request(measures), new(SequentialLoop.Instance), source.Token));
    }

    private static PointKeys Keys(params (string, object)[] given) => MixtureRuns.Keys([.. Small, .. given]);

    private static Objection[] Objections(string[] given, params (string Key, ImmutableArray<KeyValue> Values)[] values) =>
        Objections(given, "speciation+collapse", values);

    private static Objection[] Objections(string[] given, string measures, params (string Key, ImmutableArray<KeyValue> Values)[] values)
    {
        Dictionary<string, ImmutableArray<KeyValue>> all = Experiment.Keys.ToDictionary(key => key.Name,
            key => ImmutableArray.Create(key.Default));
        foreach (var (key, list) in values) all[key] = list;
        return [.. Experiment.Objections(all, given.ToHashSet(), MixtureRuns.Request(measures))];
    }
}
