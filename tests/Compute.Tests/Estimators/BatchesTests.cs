using FsCheck;
using FsCheck.Fluent;
using Sweeps.Compute.Estimators;
using Sweeps.Properties;

namespace Sweeps.Compute.Tests.Estimators;

public class BatchesTests
{
    [Fact]
    public void Batches_cover_all_samples_once_and_differ_by_at_most_one() => Prop.ForAll(Gen.Choose(32, 5000).ToArbitrary(), samples =>
    {
        var batches = new Batches(samples);
        Assert.Equal(0, batches.Start(0));
        Assert.Equal(samples, batches.Start(Batches.Count));
        long[] sizes = [.. Enumerable.Range(0, Batches.Count).Select(batches.Size)];
        Assert.InRange(sizes.Max() - sizes.Min(), 0, 1);
        Assert.True(sizes.Min() >= 1);
        for (int b = 0; b < Batches.Count; b++)
            for (long sample = batches.Start(b); sample < batches.Start(b + 1); sample++) Assert.Equal(b, batches.Of(sample));
    }).Check(Repeatable.Runs);

    [Fact]
    public void The_largest_counts_do_not_overflow()
    {
        var batches = new Batches(long.MaxValue / 2);
        Assert.Equal(long.MaxValue / 2, batches.Start(Batches.Count));
        for (int b = 0; b < Batches.Count; b++)
        {
            Assert.Equal(b, batches.Of(batches.Start(b)));
            Assert.Equal(b, batches.Of(batches.Start(b + 1) - 1));
        }
    }

    [Fact]
    public void Sums_leave_out_one_batch_exactly()
    {
        var sums = new BatchSums(3);
        for (int row = 0; row < 3; row++)
            for (int b = 0; b < Batches.Count; b++) sums.Row(row)[b] = (row + 1) * (b + 1) / 4294967296.0;
        sums.AddUp();
        var remaining = new double[3];
        sums.Leaving(-1, remaining);
        Assert.Equal([528 / 4294967296.0, 1056 / 4294967296.0, 1584 / 4294967296.0], remaining);
        sums.Leaving(31, remaining);
        Assert.Equal([496 / 4294967296.0, 992 / 4294967296.0, 1488 / 4294967296.0], remaining);
    }
}
