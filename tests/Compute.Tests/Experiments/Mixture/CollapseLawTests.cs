using Sweeps.Compute.Experiments;
using Xunit.Abstractions;

namespace Sweeps.Compute.Tests.Experiments.Mixture;

/// <summary>Measured collapse against published numbers and exact identities (physics §4, §8), at fixed seeds; limits are 4 standard
/// errors.</summary>
public class CollapseLawTests(ITestOutputHelper output)
{
    private const double Limit = 4;

    [Fact]
    public void The_published_excess_entropies_come_out()
    {
        const double TheirError = 0.0023;
        (double T, double Value)[] published = [(1.728, 0.5233), (2.120, 0.7498), (2.512, 0.8687), (2.904, 0.9326), (3.296, 0.9660)];
        // 1250 steps of 0.008 put the grid on every one of these times.
        PointResult result = MixtureRuns.Collapse(
            MixtureRuns.Keys(("dimension", 256), ("training_points", 20_000), ("steps", 1250), ("samples", 2048)),
                [.. published.Select(row => row.T)]);
        foreach (var (row, sample) in published.Zip(result.Curve("excess_entropy")))
        {
            Assert.Equal(row.T, sample.T, 1e-12);
            double ours = sample.Estimate.StandardError!.Value;
            output.WriteLine($"{row.T}: {sample.Estimate.Value:f4} ± {ours:f4}, published {row.Value}, theory {sample.Estimate.Theory:f4}");
            Assert.True(Math.Abs(sample.Estimate.Value!.Value - row.Value) < Limit * Math.Sqrt(TheirError * TheirError + ours * ours),
                $"{sample}");
        }
    }

    [Theory]
    [InlineData(2000, 64, 0.859, 0.002, 0.8195)]
    [InlineData(20_000, 64, 0.715, 0.005, 0.6929)]
    [InlineData(20_000, 256, 1.360, 0.007, 1.3337)]
    public void Collapse_at_finite_size_lies_where_it_was_found_before(int n, int d, double value, double error, double theory)
    {
        Estimate estimate = MixtureRuns.Collapse(MixtureRuns.Keys(("dimension", d), ("training_points", n), ("samples", 2048)))
            .Of("t_collapse", "collapse");
        output.WriteLine($"{estimate.Value:f4} ± {estimate.StandardError:f4}");
        Assert.Equal(theory, estimate.Theory!.Value, 5.1e-5);
        Assert.True(Math.Abs(estimate.Value!.Value - value) < Limit * Math.Sqrt(error * error + Math.Pow(estimate.StandardError!.Value, 2)),
            $"{estimate}");
        Assert.True(estimate.Shift > 0);
        Assert.Null(estimate.Z);
    }

    /// <summary>Nishimori: E w of the planted point = E Σ w², at any size and time. The two share queries, so adding their errors is
    /// generous.</summary>
    [Theory]
    [InlineData(1.0, 0.0, "slowest")]
    [InlineData(4.0, 0.0, "uniform")]
    [InlineData(4.0, 0.8, "slowest")]
    [InlineData(4.0, 1.5, "random")]
    public void The_planted_weight_is_the_participation(double stiffness, double drift, string direction)
    {
        PointResult result = MixtureRuns.Collapse(
            MixtureRuns.Keys(
                ("dimension", 24), ("stiffness", stiffness), ("drift", drift), ("direction", direction), ("training_points", 300),
                    ("samples", 8192)),
            [0.1, 0.3, 0.5, 0.7, 0.9, 1.2, 2]);
        CurveSample[] planted = result.Curve("planted_weight"), participation = result.Curve("participation"),
            largest = result.Curve("largest_weight");
        Assert.Equal(7, planted.Length);
        Assert.Contains(participation, sample => sample.Estimate.Value is > 0.2 and < 0.8);
        for (int i = 0; i < planted.Length; i++)
        {
            Estimate a = planted[i].Estimate, b = participation[i].Estimate;
            output.WriteLine($"{planted[i].T}: {a.Value:f4} ± {a.StandardError:f4}, {b.Value:f4} ± {b.StandardError:f4}");
            double error = Math.Sqrt(Math.Pow(a.StandardError!.Value, 2) + Math.Pow(b.StandardError!.Value, 2));
            Assert.True(Math.Abs(a.Value!.Value - b.Value!.Value) < Limit * error + 1e-6, $"{planted[i]} against {participation[i]}");
            Assert.True(largest[i].Estimate.Value >= b.Value - 1e-6);
        }
    }

    [Fact]
    public void Excess_entropy_is_0_and_participation_1_deep_in_the_collapsed_phase()
    {
        PointResult result = MixtureRuns.Collapse(MixtureRuns.Keys(("steps", 1000), ("training_points", 1000), ("samples", 256)),
            [0.01, 0.05, 0.2, 9]);
        Assert.All(result.Curve("excess_entropy"), sample => Assert.True(sample.Estimate.Value >= 0));
        Assert.All(result.Curve("excess_entropy").Take(3), sample => Assert.Equal(0, sample.Estimate.Value!.Value, 1e-6));
        Assert.All(result.Curve("participation").Take(3), sample => Assert.Equal(1, sample.Estimate.Value!.Value, 1e-6));
        Assert.Equal(1, result.Curve("excess_entropy")[3].Estimate.Value!.Value, 1e-3);
    }
}
