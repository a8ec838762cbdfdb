using Sweeps.Compute.Estimators;

namespace Sweeps.Compute.Tests.Estimators;

public class JackknifeTests
{
    private static readonly double[] Values = [.. Enumerable.Range(0, Batches.Count).Select(i => Math.Sin(1.7 * i) + 0.01 * i * i)];

    [Fact]
    public void For_equal_batches_the_error_of_the_mean_is_the_textbook_formula()
    {
        var batches = new Batches(Batches.Count * 10);
        double mean = Values.Average(), variance = Values.Sum(x => (x - mean) * (x - mean)) / (Batches.Count - 1);
        var (value, error) = Jackknife.Mean([.. Values.Select(x => 10 * x)], batches);
        Assert.Equal(mean, value, 1e-12);
        Assert.Equal(Math.Sqrt(variance / Batches.Count), error!.Value, 1e-12);
    }

    [Fact]
    public void For_equal_batches_it_is_the_usual_jackknife_of_any_statistic()
    {
        var batches = new Batches(Batches.Count * 3);
        double total = Values.Sum();
        double?[] replicates = [.. Values.Select(x => (double?)Math.Exp((total - x) / (Batches.Count - 1)))];
        double centre = replicates.Average()!.Value;
        double usual = Math.Sqrt((Batches.Count - 1.0) / Batches.Count * replicates.Sum(r => (r!.Value - centre) * (r.Value - centre)));
        Assert.Equal(usual, Jackknife.StandardError(Math.Exp(total / Batches.Count), replicates, batches)!.Value, 1e-10);
    }

    [Fact]
    public void For_unequal_batches_the_mean_weighs_samples_and_its_error_is_that_of_the_batch_means()
    {
        var batches = new Batches(100);
        double[] sums = [.. Values.Select((x, b) => x * batches.Size(b))];
        var (value, error) = Jackknife.Mean(sums, batches);
        Assert.Equal(sums.Sum() / 100, value, 1e-12);
        // Busing et al. for a mean: pseudo-values are the batch means, weighed by 1/(h − 1) about their weighted mean.
        double variance = 0;
        for (int b = 0; b < Batches.Count; b++)
            variance += Math.Pow(Values[b] - value, 2) / (100.0 / batches.Size(b) - 1) / Batches.Count;
        Assert.Equal(Math.Sqrt(variance), error!.Value, 1e-12);
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(1, 100)]
    [InlineData(1, 64)]
    [InlineData(0.1, 10_007)]
    public void Batches_that_all_say_the_same_leave_no_error(double each, long samples)
    {
        var batches = new Batches(samples);
        // Sums are multiples of 2⁻³².
        double[] sums = [.. Enumerable.Range(0, Batches.Count).Select(b => Math.Round(each * 4294967296) / 4294967296 * batches.Size(b))];
        var (value, error) = Jackknife.Mean(sums, batches);
        Assert.Equal(each, value, 1e-9);
        Assert.Null(error);
        sums[3] = sums[3] > 0 ? sums[3] - 0.5 : 0.5;
        Assert.True(Jackknife.Mean(sums, batches).StandardError > 0);
    }

    [Fact]
    public void A_replicate_that_does_not_exist_leaves_no_error()
    {
        double?[] replicates = [.. Values.Select(x => (double?)x)];
        Assert.NotNull(Jackknife.StandardError(1, replicates, new(64)));
        Assert.Null(Jackknife.StandardError(null, replicates, new(64)));
        replicates[31] = null;
        Assert.Null(Jackknife.StandardError(1, replicates, new(64)));
    }
}
