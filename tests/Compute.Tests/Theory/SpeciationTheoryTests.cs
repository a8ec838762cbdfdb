using FsCheck;
using FsCheck.Fluent;
using Sweeps.Compute.Models;
using Sweeps.Compute.Tests.Models;
using Sweeps.Compute.Theory;
using Sweeps.Properties;

namespace Sweeps.Compute.Tests.Theory;

public class SpeciationTheoryTests
{
    private const double Horizon = 10;

    // Four printed digits.
    private const double Printed = 5.1e-5;

    private static double Peak(GaussianMixture mixture, double horizon = Horizon) =>
        SpeciationTheory.EntropyPeakTime(mixture, horizon)!.Value;

    private static double PeakSignal(GaussianMixture mixture) => mixture.SignalToNoise(Peak(mixture));

    [Theory]
    [InlineData(1, 1.7, 0.9)]
    [InlineData(64, 1, 1)]
    [InlineData(1024, 1, 1)]
    [InlineData(16384, 1, 0.1)]
    [InlineData(4, 3, 2)]
    public void For_U_equal_to_I_the_speciation_time_has_its_closed_form(long d, double mu, double sigma)
    {
        double expected = 0.5 * Math.Log(1 + d * mu * mu - sigma * sigma);
        Assert.Equal(expected, SpeciationTheory.SpeciationTime(MixtureCases.Isotropic(d, mu, sigma), Horizon)!.Value, 1e-12);
        var nearlyIsotropic = new GaussianMixture(d + 1, mu * Math.Sqrt(d / (d + 1.0)), sigma, 1 + 1e-12, 0.5, ModeDirection.Slowest);
        Assert.Equal(expected, SpeciationTheory.SpeciationTime(nearlyIsotropic, Horizon)!.Value, 1e-9);
    }

    [Fact]
    public void At_the_speciation_time_the_signal_to_noise_is_1() => Prop.ForAll(MixtureCases.Any, mixture =>
    {
        double? t = SpeciationTheory.SpeciationTime(mixture, Horizon);
        bool inside = mixture.SignalToNoise(0) > 1 && mixture.SignalToNoise(Horizon) < 1;
        Assert.Equal(inside, t.HasValue);
        if (t.HasValue) Assert.Equal(0, Math.Log(mixture.SignalToNoise(t.Value)), 1e-10);
    }).Check(Repeatable.Runs);

    [Fact]
    public void Outside_the_window_nothing_is_reported()
    {
        GaussianMixture late = MixtureCases.Isotropic(64, 1), overlapping = MixtureCases.Isotropic(4, 0.4);
        Assert.Null(SpeciationTheory.SpeciationTime(late, 2.07));
        Assert.NotNull(SpeciationTheory.SpeciationTime(late, 2.08));
        Assert.Null(SpeciationTheory.SpeciationTime(overlapping, Horizon));
        Assert.Null(SpeciationTheory.EntropyPeakTime(overlapping, Horizon));
        Assert.Null(SpeciationTheory.EntropyPeakTime(late, 1.5));
        Assert.Null(SpeciationTheory.EntropyPeakTime(MixtureCases.Isotropic(1 << 20, 10), 1));
        Assert.Null(SpeciationTheory.EntropyPeakTime(MixtureCases.Isotropic(64, 0), Horizon));
        Assert.Null(SpeciationTheory.EntropyPeakTime(MixtureCases.Isotropic(64, 1e-300), Horizon));
        Assert.Null(SpeciationTheory.SpeciationTime(MixtureCases.Isotropic(64, 0), Horizon));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpeciationTheory.SpeciationTime(late, 0));
    }

    [Theory]
    [InlineData(0, 4.0822)]
    [InlineData(0.5, 3.6183)]
    [InlineData(1, 2.7740)]
    [InlineData(1.5, 2.1412)]
    public void Drift_moves_the_speciation_time_as_published(double drift, double expected) =>
        Assert.Equal(expected, SpeciationTheory.SpeciationTime(MixtureCases.Published(4, drift), Horizon)!.Value, Printed);

    // From a 20-digit computation by matrix exponentials and differences of H(ρ(t)), which shares no formula with the code.
    [Theory]
    [InlineData(0, 1.57100)]
    [InlineData(1, 1.43977)]
    [InlineData(1.5, 1.30315)]
    public void Drift_moves_the_signal_to_noise_at_the_entropy_peak(double drift, double expected) =>
        Assert.Equal(expected, PeakSignal(MixtureCases.Published(4, drift)), Printed);

    [Theory]
    [InlineData(4, 1.47, 0.005)]
    [InlineData(16, 3.84, 0.005)]
    [InlineData(64, 11.2, 0.05)]
    public void Full_drift_hastens_speciation_along_the_slowest_direction(double stiffness, double factor, double tolerance)
    {
        double without = SpeciationTheory.SpeciationTime(MixtureCases.Published(stiffness, 0), 100)!.Value;
        Assert.Equal(factor, without / SpeciationTheory.SpeciationTime(MixtureCases.Published(stiffness, 1), 100)!.Value, tolerance);
    }

    [Fact]
    public void Along_the_fastest_direction_drift_delays_speciation()
    {
        Assert.Equal(1.4447, SpeciationTheory.SpeciationTime(MixtureCases.Published(4, 0, ModeDirection.Fastest), Horizon)!.Value, Printed);
        Assert.Equal(2.9960, SpeciationTheory.SpeciationTime(MixtureCases.Published(4, 1, ModeDirection.Fastest), Horizon)!.Value, Printed);
    }

    [Theory]
    [InlineData(64, 1, 1, 1.5083, 0.47952)]
    [InlineData(16384, 1, 1, 1.5083, 0.47952)]
    [InlineData(1, 2.2, 1, 1.5083, 0.47952)]
    [InlineData(64, 1, 2, 1.38657, 0.44702)]
    [InlineData(64, 1, 0.1, 1.54960, 0.49086)]
    [InlineData(100, 1, 0.1, 1.53470, 0.48674)]
    public void For_U_equal_to_I_the_entropy_peak_has_this_place_and_height(long d, double mu, double sigma, double rho, double height)
    {
        GaussianMixture mixture = MixtureCases.Isotropic(d, mu, sigma);
        Assert.Equal(rho, PeakSignal(mixture), Printed);
        Assert.Equal(height, SpeciationTheory.EntropyRate(mixture, Peak(mixture)), 5.1e-6);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(4096)]
    public void The_entropy_peak_has_the_published_width(long d)
    {
        GaussianMixture mixture = MixtureCases.Isotropic(d, 1);
        double peak = Peak(mixture), half = SpeciationTheory.EntropyRate(mixture, peak) / 2;
        double Edge(double below, double above)
        {
            while (Math.Abs(above - below) > 1e-9)
            {
                double middle = 0.5 * (below + above);
                if (SpeciationTheory.EntropyRate(mixture, middle) < half) below = middle;
                else above = middle;
            }
            return below;
        }
        Assert.Equal(1.3109, Edge(Horizon, peak) - Edge(0, peak), Printed);
    }

    [Fact]
    public void The_peak_of_unit_modes_is_interior_once_the_data_are_beyond_its_signal_to_noise()
    {
        Assert.NotNull(SpeciationTheory.EntropyPeakTime(MixtureCases.Isotropic(1, 1.3), Horizon));
        Assert.Null(SpeciationTheory.EntropyPeakTime(MixtureCases.Isotropic(1, 1.2), Horizon));
    }

    [Fact]
    public void The_entropy_rate_is_the_slope_of_the_class_entropy() => Prop.ForAll(MixtureCases.Any, mixture =>
    {
        foreach (double t in new[] { 0.1, 0.6, 1.4, 3 })
        {
            double difference = FiniteDifference.Slope(s => PosteriorMoments.ClassEntropy(mixture.SignalToNoise(s)), t, 5e-4);
            double rate = SpeciationTheory.EntropyRate(mixture, t);
            Assert.Equal(rate, difference, 1e-5 * rate + 1e-9);
        }
    }).Check(Repeatable.Runs);

    [Fact]
    public void No_time_has_a_higher_entropy_rate_than_the_peak() => Prop.ForAll(MixtureCases.Any, mixture =>
    {
        double? peak = SpeciationTheory.EntropyPeakTime(mixture, Horizon);
        double highest = 0, at = 0;
        // Fine in t, and finer towards 0, where narrow modes have their peak.
        for (int k = 0; k <= 4000; k++)
        {
            double u = k / 4000.0, t = Horizon * u * u * u, rate = SpeciationTheory.EntropyRate(mixture, t);
            if (rate > highest) (highest, at) = (rate, t);
        }
        if (peak is null) Assert.True(at < 2e-9 || at == Horizon, $"missed a peak at {at}");
        else
        {
            Assert.True(SpeciationTheory.EntropyRate(mixture, peak.Value) >= highest * (1 - 1e-12), $"{peak} is lower than {at}");
            Assert.InRange(peak.Value, 1e-12, Horizon - 1e-12);
        }
    }).Check(Repeatable.Runs);

    [Fact]
    public void The_higher_of_two_peaks_is_found()
    {
        // Two coordinates of very different rates: the fast one decides first, or the slow one, as their weights say.
        foreach (double fastWeight in new[] { 0.0, 10, 20, 40, 100, 1000 })
        {
            var mixture = new GaussianMixture(2, 3, 1, 1000, 0, ModeDirection.Random, i => i == 0 ? 1 : fastWeight);
            double? peak = SpeciationTheory.EntropyPeakTime(mixture, 1000);
            double highest = 0;
            for (double t = 1e-3; t < 1000; t *= 1.002) highest = Math.Max(highest, SpeciationTheory.EntropyRate(mixture, t));
            Assert.NotNull(peak);
            Assert.InRange(SpeciationTheory.EntropyRate(mixture, peak.Value), highest * (1 - 1e-12), highest * 1.0001);
        }
    }

    [Fact]
    public void A_peak_that_follows_a_dip_within_a_tenth_of_a_unit_of_time_is_found()
    {
        // Strong stiffness and drift: A is far from normal, and dH/dt falls before it rises fourfold, all before t = 0.1.
        var mixture = new GaussianMixture(8, 0.3, 1, 1000, 0.999999, ModeDirection.Slowest);
        Assert.True(SpeciationTheory.EntropyRate(mixture, 0.001) < SpeciationTheory.EntropyRate(mixture, 0));
        double peak = Peak(mixture);
        Assert.InRange(peak, 0.09, 0.1);
        foreach (double t in new[] { 0, 0.5 * peak, peak - 1e-4, peak + 1e-4, 0.2 })
            Assert.True(SpeciationTheory.EntropyRate(mixture, t) < SpeciationTheory.EntropyRate(mixture, peak));
    }

    [Fact]
    public void A_peak_much_narrower_than_the_window_is_found()
    {
        GaussianMixture mixture = MixtureCases.Isotropic(1, 0.0005, 0.0001);
        double peak = Peak(mixture, 1000);
        Assert.InRange(peak, 1e-9, 1e-6);
        foreach (double t in new[] { peak * 0.999, peak * 1.001 })
            Assert.True(SpeciationTheory.EntropyRate(mixture, t) < SpeciationTheory.EntropyRate(mixture, peak));
    }

    [Theory]
    [InlineData(0.25, 1.3233)]
    [InlineData(0.5, 0.45494)]
    [InlineData(0.75, 0.10153)]
    public void Commitment_quartiles_are_at_the_published_signal_to_noise(double probability, double rho)
    {
        GaussianMixture mixture = MixtureCases.Isotropic(256, 1);
        double t = SpeciationTheory.CommitmentTime(mixture, Horizon, probability)!.Value;
        Assert.Equal(rho, mixture.SignalToNoise(t), rho * 1e-4);
        Assert.Equal(1 - probability, ErrorFunction.Erf(Math.Sqrt(mixture.SignalToNoise(t) / 2)), 1e-12);
    }

    [Fact]
    public void The_commitment_law_is_stated_only_where_it_holds()
    {
        Assert.NotNull(SpeciationTheory.CommitmentTime(MixtureCases.Isotropic(16, 1), Horizon, 0.5));
        Assert.Null(SpeciationTheory.CommitmentTime(MixtureCases.Isotropic(16, 0.999), Horizon, 0.5));
        Assert.Null(SpeciationTheory.CommitmentTime(MixtureCases.Published(4, 0), Horizon, 0.5));
        Assert.Null(SpeciationTheory.CommitmentTime(MixtureCases.Isotropic(16, 1), 1, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpeciationTheory.CommitmentTime(MixtureCases.Isotropic(16, 1), Horizon, 1));
    }

    [Fact]
    public void Published_clone_probabilities_are_met_within_their_own_scatter()
    {
        // 10 000 samples, so a standard error of about 0.004 each, and the Euler steps of 0.01 in the source.
        GaussianMixture mixture = MixtureCases.Isotropic(1024, 1);
        foreach ((double t, double published) in new[] { (3.0, 0.9122), (3.5, 0.7651), (4.0, 0.6216), (4.5, 0.5580) })
            Assert.Equal(published, PosteriorMoments.CloneProbability(mixture.SignalToNoise(t)), 0.013);
    }
}
