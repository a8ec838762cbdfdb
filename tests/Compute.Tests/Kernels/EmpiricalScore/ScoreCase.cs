using Sweeps.Compute.Kernels.EmpiricalSampler;
using Sweeps.Compute.Kernels.EmpiricalScore;
using Sweeps.Compute.Models;
using Sweeps.Compute.Random;
using Sweeps.Compute.Tests.Models;

namespace Sweeps.Compute.Tests.Kernels.EmpiricalScore;

/// <summary>A training set and queries near its points at every time, for parity with the reference.</summary>
internal sealed class ScoreCase
{
    public static readonly double[] Times = [0.05, 0.3, 0.7, 1.2, 3, 8];

    private static readonly RandomStream Noise = RandomStream.Of(4, "score\n", "noise");
    private readonly GaussianMixture mixture;
    private readonly MixtureBlocks blocks;
    private readonly double[][] points;
    private readonly int queries;

    public ScoreCase(GaussianMixture mixture, int n, int queries)
    {
        (this.mixture, this.queries) = (mixture, queries);
        blocks = mixture.IsIsotropic ? MixtureBlocks.Isotropic((int)mixture.Dimension) : new(mixture);
        RandomStream stream = RandomStream.Of(4, "score\n", "training");
        Training = new(TrainingPoints.Mode(mixture, new MixtureBlocks(mixture)), mixture.Sigma, stream, 0);
        points = [.. Enumerable.Range(0, n).Select(Point)];
    }

    public TrainingPoints Training { get; }

    public int Dimension => Training.Dimension;

    public static GaussianMixture Mixture(string law, int dimension, double separation) => law switch
    {
        "isotropic" => MixtureCases.Isotropic(dimension, separation),
        "stiff" => new(dimension, separation, 1, 4, 0, ModeDirection.Uniform),
        "drift" => new(dimension, separation, 1, 4, 0.7, ModeDirection.Uniform),
        _ => throw new ArgumentOutOfRangeException(nameof(law), law, "no such law"),
    };

    public ScoreFrame Frame(double t) => new(blocks, mixture.Sigma, Training.ModeVector, t);

    public void Draw(double t, SampleBlocks x)
    {
        for (int q = 0; q < queries; q++)
            for (int k = 0; k < Dimension; k++)
                x[q, k] = (float)((Math.Exp(-t) * points[(7 * q) % points.Length][k])
                    + (Math.Sqrt(1 - Math.Exp(-2 * t)) * NormalsReference.Normal(Noise, (ulong)((q * Dimension) + k))));
    }

    /// <summary>
    /// A log-sum may be off by 1e-4, or by 1e-6 of |Σ_t^{−1/2} x|² where that is more; weights by as much, relatively.
    /// </summary>
    public void AssertClose(
        double t, SampleBlocks x, SampleBlocks mean,
        Func<int, (double LogSum, double Participation, double LargestWeight, int LargestIndex)> result)
    {
        double scale = 1 + points.Max(point => point.Max(Math.Abs));
        for (int q = 0; q < queries; q++)
        {
            double[] query = [.. Enumerable.Range(0, Dimension).Select(k => (double)x[q, k])];
            var reference = new EmpiricalScoreReference(blocks, mixture.Sigma, points, t, query);
            double tolerance = Math.Max(1e-4, 1e-6 * query.Sum(value => value * value) / (1 - Math.Exp(-2 * t)));
            string where = $"n = {points.Length}, M = {queries}, d = {Dimension}, t = {t}, q = {q}: ";
            var (logSum, participation, largestWeight, largestIndex) = result(q);
            AssertClose(reference.LogSum, logSum, tolerance, where + "log-sum");
            AssertClose(reference.Participation, participation, 2 * tolerance, where + "participation");
            AssertClose(reference.LargestWeight, largestWeight, tolerance, where + "largest weight");
            if (reference.LargestWeight > 0.5 + tolerance) Assert.Equal(reference.LargestIndex, largestIndex);
            for (int k = 0; k < Dimension; k++) AssertClose(reference.Mean[k], mean[q, k], 2 * tolerance * scale, where + "mean");
        }
    }

    private static void AssertClose(double expected, double actual, double tolerance, string what) =>
        Assert.True(
            Math.Abs(expected - actual) <= tolerance,
            $"{what}: {actual} against {expected}, off by {actual - expected:g3}, allowed {tolerance:g3}");

    private double[] Point(int index)
    {
        var row = new float[Dimension];
        Training.Row(index, row);
        return [.. row.Select(value => (double)value)];
    }
}
