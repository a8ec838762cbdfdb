using FsCheck;
using FsCheck.Fluent;
using Sweeps.Compute.Models;
using Sweeps.Compute.Tests.Models;
using Sweeps.Compute.Theory;
using Sweeps.Properties;

namespace Sweeps.Compute.Tests.Theory;

public class CollapseTheoryTests
{
    private const double Horizon = 10;
    private const double Printed = 5.1e-5;

    [Theory]
    [InlineData(2000, 64, 0.8195)]
    [InlineData(20_000, 64, 0.6929)]
    [InlineData(20_000, 256, 1.3337)]
    public void The_criterion_has_the_published_values(long n, long d, double expected) =>
        Assert.Equal(expected, CollapseTheory.CollapseTime(MixtureCases.Isotropic(d, 1), Horizon, n)!.Value, Printed);

    [Theory]
    [InlineData(2000, 64, 1)]
    [InlineData(20_000, 256, 0.3)]
    [InlineData(1_000_000, 2, 3)]
    [InlineData(2, 100_000, 1)]
    public void For_U_equal_to_I_the_random_energy_criterion_has_its_closed_form(long n, long d, double sigma)
    {
        double expected = 0.5 * Math.Log(1 + sigma * sigma / (Math.Pow(n, 2.0 / d) - 1));
        double time = CollapseTheory.CollapseTimeRandomEnergy(MixtureCases.Isotropic(d, 1, sigma), Horizon, n)!.Value;
        Assert.Equal(1, time / expected, 1e-9);
        var nearlyIsotropic = new GaussianMixture(d, 1, sigma, 1 + 1e-9, 0.5, ModeDirection.Slowest);
        Assert.Equal(1, CollapseTheory.CollapseTimeRandomEnergy(nearlyIsotropic, Horizon, n)!.Value / expected, 1e-8);
    }

    [Theory]
    [InlineData(0, 0.6697)]
    [InlineData(0.5, 0.6702)]
    [InlineData(1, 0.6717)]
    [InlineData(1.5, 0.6740)]
    public void Drift_hardly_moves_the_random_energy_criterion(double drift, double expected) =>
        Assert.Equal(expected, CollapseTheory.CollapseTimeRandomEnergy(MixtureCases.Published(4, drift), Horizon, 20_000)!.Value, Printed);

    [Theory]
    [InlineData(4, 0.3)]
    [InlineData(16, 2.4)]
    [InlineData(64, 4.8)]
    public void Full_drift_moves_it_by_the_published_shares(double stiffness, double percent)
    {
        double without = CollapseTheory.CollapseTimeRandomEnergy(MixtureCases.Published(stiffness, 0), Horizon, 20_000)!.Value;
        double with = CollapseTheory.CollapseTimeRandomEnergy(MixtureCases.Published(stiffness, 1), Horizon, 20_000)!.Value;
        Assert.Equal(percent, 100 * (with / without - 1), 0.05);
    }

    [Theory]
    [InlineData(3.296, 0.9671)]
    [InlineData(2.904, 0.9328)]
    [InlineData(2.512, 0.8683)]
    [InlineData(2.120, 0.7497)]
    [InlineData(1.728, 0.5162)]
    public void The_excess_entropy_follows_the_published_theory(double t, double expected) =>
        Assert.Equal(expected, CollapseTheory.ExcessEntropy(MixtureCases.Isotropic(256, 1), t, 20_000)!.Value, Printed);

    [Fact]
    public void At_the_collapse_time_the_information_is_that_of_the_index() => Prop.ForAll(
        MixtureCases.Any,
        Gen.Choose(2, 10_000_000).ToArbitrary(),
        (mixture, n) =>
        {
            foreach (bool withClass in new[] { true, false })
            {
                double? t = withClass
                    ? CollapseTheory.CollapseTime(mixture, Horizon, n)
                    : CollapseTheory.CollapseTimeRandomEnergy(mixture, Horizon, n);
                Assert.Equal(mixture.Information(Horizon, withClass) <= Math.Log(n), t.HasValue);
                if (t.HasValue) Assert.Equal(1, mixture.Information(t.Value, withClass) / Math.Log(n), 1e-9);
            }
        }).Check(Repeatable.Runs);

    [Fact]
    public void The_class_bit_delays_collapse() => Prop.ForAll(MixtureCases.Any, mixture =>
    {
        double? with = CollapseTheory.CollapseTime(mixture, Horizon, 1000);
        double? without = CollapseTheory.CollapseTimeRandomEnergy(mixture, Horizon, 1000);
        if (with.HasValue) Assert.True(with >= without);
    }).Check(Repeatable.Runs);

    [Fact]
    public void Outside_the_window_and_for_a_single_point_nothing_is_reported()
    {
        GaussianMixture mixture = MixtureCases.Isotropic(64, 1);
        Assert.Null(CollapseTheory.CollapseTime(mixture, 0.69, 20_000));
        Assert.NotNull(CollapseTheory.CollapseTime(mixture, 0.70, 20_000));
        Assert.Null(CollapseTheory.CollapseTime(mixture, Horizon, 1));
        Assert.Null(CollapseTheory.CollapseTimeRandomEnergy(mixture, Horizon, 1));
        Assert.Null(CollapseTheory.ExcessEntropy(mixture, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => CollapseTheory.CollapseTime(mixture, Horizon, 0));
    }

    [Fact]
    public void The_excess_entropy_runs_from_0_in_the_collapsed_phase_to_1()
    {
        GaussianMixture mixture = MixtureCases.Isotropic(64, 1);
        Assert.Equal(0, CollapseTheory.ExcessEntropy(mixture, 0, 20_000));
        Assert.Equal(0, CollapseTheory.ExcessEntropy(mixture, 0.69, 20_000));
        Assert.InRange(CollapseTheory.ExcessEntropy(mixture, 0.70, 20_000)!.Value, 1e-4, 0.1);
        Assert.Equal(1, CollapseTheory.ExcessEntropy(mixture, 12, 20_000)!.Value, 1e-6);
    }

    [Theory]
    [InlineData(long.MaxValue, 2)]
    [InlineData(long.MaxValue, 3)]
    public void Training_sets_of_any_size_have_a_collapse_time(long n, long d)
    {
        var mixture = new GaussianMixture(d, 1, 0.01, 64, 0.5, ModeDirection.Slowest);
        double t = CollapseTheory.CollapseTime(mixture, Horizon, n)!.Value;
        Assert.Equal(1, mixture.Information(t, withClass: true) / Math.Log(n), 1e-9);
    }
}
