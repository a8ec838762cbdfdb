using FsCheck;
using FsCheck.Fluent;
using Sweeps.Compute.Models;
using Sweeps.Compute.Schedules;
using Sweeps.Compute.Tests.Models;
using Sweeps.Compute.Theory;
using Sweeps.Properties;

namespace Sweeps.Compute.Tests.Schedules;

public class ScheduleTests
{
    private static readonly GaussianMixture Mixture = MixtureCases.Isotropic(64, 1);

    private static readonly Arbitrary<Schedule> Any = (
        from kind in Gen.Elements(Enum.GetValues<ScheduleKind>())
        from mixture in MixtureCases.Any.Generator
        from horizon in Gen.Choose(1, 150)
        select Schedule.Create(kind, kind.TakesHorizon() ? horizon / 10.0 : null, mixture)).ToArbitrary();

    private static readonly Arbitrary<double> Shares = Gen.Choose(0, 1_000_000).Select(k => k * 1e-6).ToArbitrary();

    [Fact]
    public void Horizons_are_the_published_ones()
    {
        Assert.Equal(5.0250, new VpLinearSchedule().Horizon, 1e-12);
        Assert.Equal(5.7565, new CosineSchedule().Horizon, 5e-5);
        Assert.Equal(4.382, new EdmSchedule().Horizon, 5e-4);
        Assert.Equal(7, new OuSchedule(7).Horizon);
        Assert.Equal(7, new EntropyAwareSchedule(Mixture, 7).Horizon);
        Assert.Equal(0.997971, CosineSchedule.Cut, 5e-7);
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.3)]
    [InlineData(0.77)]
    [InlineData(1)]
    public void Maps_are_those_of_the_papers(double s)
    {
        Assert.Equal(9 * s, new OuSchedule(9).TimeAt(s), 1e-14);
        Assert.Equal(0.5 * (0.1 * s + 0.5 * 19.9 * s * s), new VpLinearSchedule().TimeAt(s), 1e-14);
        double Cos2(double u) => Math.Pow(Math.Cos(Math.PI / 2 * (u + 0.008) / 1.008), 2);
        Assert.Equal(-0.5 * Math.Log(Cos2(s * 0.997971) / Cos2(0)), new CosineSchedule().TimeAt(s), 2e-4);
        double sigma = Math.Pow(Math.Pow(80, 1.0 / 7) * s + Math.Pow(0.002, 1.0 / 7) * (1 - s), 7);
        Assert.Equal(0.5 * Math.Log(1 + sigma * sigma), new EdmSchedule().TimeAt(s), 1e-12);
    }

    [Fact]
    public void The_map_rises_and_PositionAt_is_its_inverse() => Prop.ForAll(Any, Shares, Shares, (schedule, a, b) =>
    {
        double low = Math.Min(a, b), high = Math.Max(a, b);
        if (high > low) Assert.True(schedule.TimeAt(low) < schedule.TimeAt(high), $"{schedule.Kind} between {low} and {high}");
        Assert.Equal(a, schedule.PositionAt(schedule.TimeAt(a)), 1e-10);
        double t = a * schedule.Horizon;
        if (schedule.Kind != ScheduleKind.Edm || t > 2.1e-6) Assert.Equal(t, schedule.TimeAt(schedule.PositionAt(t)), 1e-10);
    }).Check(Repeatable.Runs);

    [Fact]
    public void Grids_rise_from_exactly_0_to_exactly_the_horizon_in_as_many_steps_as_asked() => Prop.ForAll(
        Any,
        Gen.Choose(1, 60).ToArbitrary(),
        (schedule, steps) =>
        {
            double[] grid = schedule.Grid(steps);
            Assert.Equal(steps + 1, grid.Length);
            Assert.Equal(0, grid[0]);
            Assert.Equal(schedule.Horizon, grid[^1]);
            for (int k = 1; k <= steps; k++)
            {
                Assert.True(grid[k] > grid[k - 1], $"{schedule.Kind}, step {k} of {steps}");
                double share = schedule.Kind != ScheduleKind.Edm ? k / (double)steps : steps == 1 ? 1 : (k - 1) / (steps - 1.0);
                Assert.Equal(schedule.TimeAt(share), grid[k], 1e-11);
            }
        }).Check(Repeatable.Runs);

    [Fact]
    public void All_maps_but_edm_start_at_0()
    {
        foreach (ScheduleKind kind in Enum.GetValues<ScheduleKind>())
        {
            Schedule schedule = Schedule.Create(kind, kind.TakesHorizon() ? 3 : null, Mixture);
            Assert.Equal(kind, schedule.Kind);
            if (kind != ScheduleKind.Edm) Assert.Equal(0, schedule.TimeAt(0));
            Assert.Equal(schedule.Horizon, schedule.TimeAt(1));
            Assert.Equal(1, schedule.PositionAt(schedule.Horizon));
            Assert.Equal(0, schedule.PositionAt(0));
        }
    }

    [Fact]
    public void The_last_step_of_edm_goes_from_2e_6_to_0()
    {
        var edm = new EdmSchedule();
        double[] grid = edm.Grid(40);
        Assert.Equal(2e-6, grid[1], 1e-11);
        Assert.Equal(0, edm.PositionAt(1e-6));
        Assert.Equal([0, edm.Horizon], edm.Grid(1));
    }

    [Fact]
    public void Entropy_aware_steps_have_equal_shares_of_time_and_ten_times_the_entropy() => Prop.ForAll(
        MixtureCases.Any,
        Gen.Choose(1, 50).ToArbitrary(),
        (mixture, steps) =>
        {
            double[] grid = new EntropyAwareSchedule(mixture, 8).Grid(steps);
            double[] weights = [.. grid.Select(t => t + 10 * PosteriorMoments.ClassEntropy(mixture.SignalToNoise(t)))];
            double share = (weights[^1] - weights[0]) / steps;
            for (int k = 1; k <= steps; k++) Assert.Equal(share, weights[k] - weights[k - 1], 1e-9);
        }).Check(Repeatable.Runs);

    [Fact]
    public void Entropy_aware_spends_most_steps_where_the_class_is_decided()
    {
        double decided = SpeciationTheory.SpeciationTime(Mixture, 10)!.Value;
        double[] grid = new EntropyAwareSchedule(Mixture, 10).Grid(500);
        int near = grid.Count(t => Math.Abs(t - decided) < 0.5), uniform = grid.Length / 10;
        Assert.InRange(near, 2 * uniform, 10 * uniform);
    }

    [Fact]
    public void Words_and_kinds_map_to_each_other()
    {
        Assert.Equal(["ou", "vp-linear", "cosine", "edm", "entropy-aware"], ScheduleWords.All.ToArray());
        foreach (ScheduleKind kind in Enum.GetValues<ScheduleKind>()) Assert.Equal(kind, ScheduleWords.Parse(kind.Word()));
        Assert.Equal("entropy-aware", ScheduleKind.EntropyAware.Word());
        Assert.Contains("vp-linear", Assert.Throws<ArgumentException>(() => ScheduleWords.Parse("linear")).Message);
    }

    [Fact]
    public void A_horizon_is_asked_for_exactly_where_it_has_an_effect()
    {
        Assert.Throws<ArgumentException>(() => Schedule.Create(ScheduleKind.Ou, null, Mixture));
        Assert.Throws<ArgumentException>(() => Schedule.Create(ScheduleKind.EntropyAware, null, Mixture));
        Assert.Throws<ArgumentException>(() => Schedule.Create(ScheduleKind.Cosine, 10, Mixture));
        Assert.Throws<ArgumentOutOfRangeException>(() => new OuSchedule(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new OuSchedule(double.PositiveInfinity));
    }

    [Fact]
    public void Places_outside_the_map_are_refused()
    {
        var schedule = new OuSchedule(2);
        Assert.Throws<ArgumentOutOfRangeException>(() => schedule.TimeAt(-0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => schedule.TimeAt(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => schedule.PositionAt(2.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => schedule.Grid(0));
    }
}
