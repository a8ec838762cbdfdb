using FsCheck;
using FsCheck.Fluent;
using Sweeps.Compute.Estimators;
using Sweeps.Properties;

namespace Sweeps.Compute.Tests.Estimators;

public class BatchQuantilesTests
{
    [Fact]
    public void Values_and_errors_are_those_of_sorting_again_without_each_batch() => Prop.ForAll(
        Gen.Choose(64, 300).ToArbitrary(), Gen.Choose(1, 99).ToArbitrary(), Gen.Choose(0, 1000).ToArbitrary(), (samples, percent, salt) =>
        {
            // Ties are common: values are multiples of 1/8.
            float[] values = [.. Enumerable.Range(0, samples).Select(i => MathF.Round(20 * MathF.Sin(i * 12.9898f + salt)) / 8)];
            var batches = new Batches(samples);
            double probability = percent / 100.0;
            var (value, error) = new BatchQuantiles(values, batches).Quantile(probability);
            double?[] replicates =
            [
                .. Enumerable.Range(0, Batches.Count).Select(b => (double?)Naive(values.Where((_, i) => batches.Of(i) != b), probability)),
            ];
            Assert.Equal(Naive(values, probability), value!.Value, 1e-12);
            Assert.Equal(Jackknife.StandardError(value, replicates, batches)!.Value, error!.Value, 1e-9);
        }).Check(Repeatable.Runs);

    [Fact]
    public void A_quantile_among_values_beyond_the_window_is_null()
    {
        float[] values = [.. Enumerable.Range(0, 640).Select(i => i % 10 < 4 ? i : float.PositiveInfinity)];
        var quantiles = new BatchQuantiles(values, new(640));
        Assert.Equal((null, null), quantiles.Quantile(0.5));
        var (value, error) = quantiles.Quantile(0.25);
        Assert.NotNull(value);
        Assert.NotNull(error);
    }

    [Fact]
    public void Where_a_replicate_alone_falls_beyond_the_window_only_the_error_is_null()
    {
        // Half finite; all of batch 0 is finite, so that without it the median is not.
        float[] values = [.. Enumerable.Range(0, 640).Select(i => i < 330 ? i : float.PositiveInfinity)];
        var (value, error) = new BatchQuantiles(values, new(640)).Quantile(0.5);
        Assert.Equal(319.5, value);
        Assert.Null(error);
    }

    private static double Naive(IEnumerable<float> values, double probability)
    {
        float[] sorted = [.. values.Order()];
        double rank = probability * (sorted.Length - 1);
        int below = (int)rank, above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (rank - below) * ((double)sorted[above] - sorted[below]);
    }
}
