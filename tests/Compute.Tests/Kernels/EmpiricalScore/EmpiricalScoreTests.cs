using Sweeps.Compute.Experiments;
using Sweeps.Compute.Kernels.EmpiricalSampler;
using Sweeps.Compute.Kernels.EmpiricalScore;
using Sweeps.Compute.Models;
using Sweeps.Compute.Random;
using Sweeps.Compute.Tests.Models;

namespace Sweeps.Compute.Tests.Kernels.EmpiricalScore;

public unsafe class EmpiricalScoreTests
{
    private static readonly double[] Times = [0.05, 0.3, 0.7, 1.2, 3, 8];

    public static TheoryData<string, int> Dimensions
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (string law in new[] { "isotropic", "stiff", "drift" })
                foreach (int d in new[] { 1, 2, 3, 11, 12, 13, 64, 257 }) data.Add(law, d);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Dimensions))]
    public void Every_dimension_and_training_size_follows_the_reference(string law, int dimension)
    {
        foreach (int n in new[] { 1, 2, 12, 13, 95, 96, 97, 300 }) AssertParity(Mixture(law, dimension, 1), n, 5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(70)]
    public void Every_number_of_queries_follows_the_reference(int queries) => AssertParity(Mixture("drift", 5, 1), 130, queries);

    [Theory]
    [InlineData("isotropic")]
    [InlineData("stiff")]
    [InlineData("drift")]
    public void Far_modes_cost_no_digits(string law) => AssertParity(Mixture(law, 16, 300), 200, 20);

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

    private static GaussianMixture Mixture(string law, int dimension, double separation) => law switch
    {
        "isotropic" => MixtureCases.Isotropic(dimension, separation),
        "stiff" => new(dimension, separation, 1, 4, 0, ModeDirection.Uniform),
        "drift" => new(dimension, separation, 1, 4, 0.7, ModeDirection.Uniform),
        _ => throw new ArgumentOutOfRangeException(nameof(law), law, "no such law"),
    };

    /// <summary>
    /// Queries near the data at every time. A log-sum may be off by 1e-4, or by 1e-6 of |Σ_t^{−1/2} x|² where that is more; weights by as much,
    /// relatively.
    /// </summary>
    private static void AssertParity(GaussianMixture mixture, int n, int queries)
    {
        int d = (int)mixture.Dimension;
        MixtureBlocks blocks = mixture.IsIsotropic ? MixtureBlocks.Isotropic(d) : new(mixture);
        float[] mode = TrainingPoints.Mode(mixture, new MixtureBlocks(mixture));
        var training = new TrainingPoints(mode, mixture.Sigma, RandomStream.Of(4, "score\n", "training"), 0);
        double[][] points = [.. Enumerable.Range(0, n).Select(mu => Point(training, mu))];
        using var data = new TrainingSet(training, n);
        using var x = new SampleBlocks(queries, d);
        using var score = new EmpiricalScoreSimd(data, x.Blocks);
        using var mean = new SampleBlocks(queries, d);
        RandomStream noise = RandomStream.Of(4, "score\n", "noise");
        foreach (double t in Times)
        {
            for (int q = 0; q < queries; q++)
                for (int k = 0; k < d; k++)
                    x[q, k] = (float)((Math.Exp(-t) * points[(7 * q) % n][k]) + (Math.Sqrt(1 - Math.Exp(-2 * t)) * NormalsReference.Normal(noise, (ulong)((q * d) + k))));
            score.Evaluate(new(blocks, mixture.Sigma, mode, t), x.Block(0), default);
            for (int block = 0; block < x.Blocks; block++) score.Mean(block, mean.Block(block));
            for (int q = 0; q < queries; q++)
            {
                double[] query = [.. Enumerable.Range(0, d).Select(k => (double)x[q, k])];
                var reference = new EmpiricalScoreReference(blocks, mixture.Sigma, points, t, query);
                double tolerance = Math.Max(1e-4, 1e-6 * query.Sum(value => value * value) / (1 - Math.Exp(-2 * t)));
                string where = $"n = {n}, M = {queries}, d = {d}, t = {t}: ";
                AssertClose(reference.LogSum, score.LogSum(q), tolerance, where + "log-sum");
                AssertClose(reference.Participation, score.Participation(q), 2 * tolerance, where + "participation");
                AssertClose(reference.LargestWeight, score.LargestWeight(q), tolerance, where + "largest weight");
                if (reference.LargestWeight > 0.5 + tolerance) Assert.Equal(reference.LargestIndex, score.LargestIndex(q));
                double scale = 1 + points.Max(point => point.Max(Math.Abs));
                for (int k = 0; k < d; k++) AssertClose(reference.Mean[k], mean[q, k], 2 * tolerance * scale, where + "mean");
            }
        }
    }

    private static double[] Point(TrainingPoints training, int index)
    {
        var row = new float[training.Dimension];
        training.Row(index, row);
        return [.. row.Select(value => (double)value)];
    }

    private static void AssertClose(double expected, double actual, double tolerance, string what) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance, $"{what}: {actual} against {expected}, off by {actual - expected:g3}, allowed {tolerance:g3}");
}
