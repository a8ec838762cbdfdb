using Sweeps.Compute.Experiments;
using Sweeps.Compute.Kernels.EmpiricalSampler;
using Sweeps.Compute.Kernels.EmpiricalScore;
using Sweeps.Compute.Random;

namespace Sweeps.Compute.Tests.Kernels.EmpiricalScore;

public unsafe class EmpiricalScoreTests
{
    public static TheoryData<string> Laws => ["isotropic", "stiff", "drift"];

    public static TheoryData<string, int> Dimensions
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (string law in Laws)
                foreach (int d in new[] { 1, 2, 3, 11, 12, 13, 64, 257 }) data.Add(law, d);
            return data;
        }
    }

    public static TheoryData<string, int, double, double, int> LargeExponents
    {
        get
        {
            var data = new TheoryData<string, int, double, double, int>();
            foreach (string law in Laws)
            {
                data.Add(law, 4096, 1, 2e-6, 4);
                data.Add(law, 1024, 3, 2e-6, 16);
                data.Add(law, 64, 10, 2e-6, 40);
                data.Add(law, 64, 1000, 0.02, 40);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Dimensions))]
    public void Every_dimension_and_training_size_follows_the_reference(string law, int dimension)
    {
        foreach (int n in new[] { 1, 2, 12, 13, 95, 96, 97, 300 }) AssertParity(new(law, dimension, 1, n), 5, ScoreCase.Times);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(70)]
    public void Every_number_of_queries_follows_the_reference(int queries) => AssertParity(new("drift", 5, 1, 130), queries, ScoreCase.Times);

    [Theory]
    [MemberData(nameof(Laws))]
    public void Far_modes_cost_no_digits(string law) => AssertParity(new(law, 16, 300, 200), 20, ScoreCase.Times);

    /// <summary>
    /// Exponents of 1e7 to 6e9, of which single precision keeps no digit behind the point: the point that a query comes from is nearer by
    /// far more than what is lost, and has all the weight.
    /// </summary>
    [Theory]
    [MemberData(nameof(LargeExponents))]
    public void However_large_the_exponents_all_weight_is_the_nearest_points(
        string law, int dimension, double separation, double t, int queries)
    {
        var one = new ScoreCase(law, dimension, separation, 200);
        AssertParity(one, queries, [t], 1e-6);
        using var data = new TrainingSet(one.Training, one.Points.Length);
        using SampleBlocks x = one.Queries(queries, t);
        using var score = new EmpiricalScoreSimd(data, x.Blocks);
        score.Evaluate(one.Frame(t), x.Block(0), default);
        for (int q = 0; q < queries; q++)
        {
            Assert.Equal(one.Planted(q), score.LargestIndex(q));
            Assert.Equal(1, score.LargestWeight(q), 1e-6);
        }
    }

    /// <summary>Two equal points have equal exponents to the last bit, in one tile or in two, so each has half of the weight.</summary>
    [Theory]
    [InlineData(2e-6, 7)]
    [InlineData(2e-6, 150)]
    [InlineData(0.3, 7)]
    [InlineData(0.3, 150)]
    public void Equal_points_share_the_weight_and_the_first_counts_as_the_largest(double t, int twin)
    {
        const int D = 100, N = 200;
        var points = new float[N * D];
        NormalsSimd.Fill(RandomStream.Of(4, "score\n", "twins"), 0, points);
        points.AsSpan(3 * D, D).CopyTo(points.AsSpan(twin * D, D));
        using var data = new TrainingSet(points, D, SequentialLoop.Instance);
        using var x = new SampleBlocks(20, D);
        using var score = new EmpiricalScoreSimd(data, 1);
        using var mean = new SampleBlocks(20, D);
        double decay = Math.Exp(-t), spread = Math.Sqrt(1 - Math.Exp(-2 * t));
        RandomStream noise = RandomStream.Of(4, "score\n", "noise");
        for (int q = 0; q < 20; q++)
            for (int k = 0; k < D; k++)
                x[q, k] = (float)(decay * points[3 * D + k] + spread * NormalsReference.Normal(noise, (ulong)(q * D + k)));
        score.Evaluate(new(MixtureBlocks.Isotropic(D), 1, new float[D], t), x.Block(0), default);
        score.Mean(0, mean.Block(0));
        for (int q = 0; q < 20; q++)
        {
            Assert.Equal(3, score.LargestIndex(q));
            Assert.Equal(0.5, score.LargestWeight(q), 1e-6);
            Assert.Equal(0.5, score.Participation(q), 1e-6);
            for (int k = 0; k < D; k++) ScoreCase.AssertClose(points[3 * D + k], mean[q, k], 1e-6 * (1 + Math.Abs(mean[q, k])), "mean");
        }
    }

    [Fact]
    public void Raw_points_are_a_training_set_of_one_class()
    {
        float[] points = [0, 0, 3, 0, 0, 4];
        using var data = new TrainingSet(points, 2, SequentialLoop.Instance);
        using var score = new EmpiricalScoreSimd(data, 1);
        using var x = new SampleBlocks(1, 2) { [0, 0] = 3, [0, 1] = 0.1f };
        var frame = new ScoreFrame(MixtureBlocks.Isotropic(2), 1, new float[2], 0.01);
        score.Evaluate(frame, x.Block(0), default);
        Assert.Equal(1, score.LargestIndex(0));
        Assert.Equal(1, score.LargestWeight(0), 1e-6);
    }

    [Fact]
    public void Raw_points_of_an_odd_length_are_refused() =>
        Assert.ThrowsAny<ArgumentException>(() => new TrainingSet(new float[5], 2, SequentialLoop.Instance).Dispose());

    private static void AssertParity(ScoreCase one, int queries, double[] times, double? weightTolerance = null)
    {
        using var data = new TrainingSet(one.Training, one.Points.Length);
        using var mean = new SampleBlocks(queries, one.Dimension);
        using var score = new EmpiricalScoreSimd(data, mean.Blocks);
        foreach (double t in times)
        {
            using SampleBlocks x = one.Queries(queries, t);
            score.Evaluate(one.Frame(t), x.Block(0), default);
            for (int block = 0; block < x.Blocks; block++) score.Mean(block, mean.Block(block));
            one.AssertParity(
                t, x, mean, q => (score.LogSum(q), score.Participation(q), score.LargestWeight(q), score.LargestIndex(q)), weightTolerance);
        }
    }
}
