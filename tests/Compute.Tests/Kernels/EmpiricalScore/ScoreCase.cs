using Sweeps.Compute.Kernels.EmpiricalSampler;
using Sweeps.Compute.Kernels.EmpiricalScore;
using Sweeps.Compute.Models;
using Sweeps.Compute.Random;
using Sweeps.Compute.Tests.Models;

namespace Sweeps.Compute.Tests.Kernels.EmpiricalScore;

/// <summary>A training set of a mixture (see <see cref="MixtureCases.Of"/>), and queries as the forward process makes them.</summary>
internal sealed class ScoreCase
{
    public static readonly double[] Times = [0.05, 0.3, 0.7, 1.2, 3, 8];

    /// <summary>2⁻²⁴, half of the last bit of 1.</summary>
    private const double Rounding = 1 / 16777216.0;

    private static readonly RandomStream Indices = RandomStream.Of(4, "score\n", "index"), Noise = RandomStream.Of(4, "score\n", "noise");
    private readonly GaussianMixture mixture;
    private readonly CoordinateBlock[] blocks;

    public ScoreCase(string law, int dimension, double separation, int trainingPoints)
    {
        mixture = MixtureCases.Of(law, dimension, separation);
        Blocks = mixture.IsIsotropic ? MixtureBlocks.Isotropic(dimension) : new(mixture);
        blocks = [.. Blocks.Pairs, .. Blocks.Singles];
        Training = new(TrainingPoints.Mode(mixture, new MixtureBlocks(mixture)), Sigma, RandomStream.Of(4, "score\n", "training"), 0);
        Points = [.. Enumerable.Range(0, trainingPoints).Select(Point)];
        Name = $"{law}, d = {dimension}, separation {separation}, n = {trainingPoints}";
    }

    public string Name { get; }

    public double Sigma => mixture.Sigma;

    public MixtureBlocks Blocks { get; }

    public TrainingPoints Training { get; }

    /// <summary>[n][d].</summary>
    public double[][] Points { get; }

    public int Dimension => Training.Dimension;

    public ScoreFrame Frame(double t) => new(Blocks, Sigma, Training.ModeVector, t);

    /// <summary>x = E a_μ + Σ_t^{1/2} z, rounded to floats.</summary>
    public SampleBlocks Queries(int count, double t)
    {
        var x = new SampleBlocks(count, Dimension);
        using var sampler = new EmpiricalSamplerReference(mixture, new(mixture), Training, Points.Length, [0, t]);
        sampler.Draw(x, Indices, Noise);
        return x;
    }

    /// <summary>The μ of a query.</summary>
    public int Planted(int query) => (int)TrainingPoints.Draw(Indices, (ulong)query, Points.Length);

    /// <summary>
    /// |q|² of <c>q = Σ_t^{−1/2} (x − s E m)</c>, a query centred on its own mode, and the |Σ_t^{−1/2} x|² that it is the difference of.
    /// </summary>
    public (double Centred, double Whole) SquaredNorms(double[] x, int query, double t)
    {
        double centred = 0, whole = 0, s = Training.Class(Planted(query));
        for (int b = 0, i = 0; b < blocks.Length; i += blocks[b++].IsPair ? 2 : 1)
        {
            bool pair = blocks[b].IsPair;
            var moments = new BlockMoments(blocks[b], Sigma, t);
            Matrix2 toUnit = moments.NoiseCovariance.InverseSymmetricSquareRoot();
            var (m1, m2) = moments.Propagator * (Training.ModeVector[i], pair ? Training.ModeVector[i + 1] : 0);
            var (x1, x2) = (x[i], pair ? x[i + 1] : 0);
            centred += Square(toUnit * (x1 - s * m1, x2 - s * m2));
            whole += Square(toUnit * (x1, x2));
        }
        return (centred, whole);

        static double Square((double First, double Second) v) => v.First * v.First + v.Second * v.Second;
    }

    /// <summary>
    /// A log-sum may be off by 1e-4, or by what rounding takes where that is more: 1e-6 of |q|², q the query centred on its own mode, and
    /// four roundings of Σ_t^{−1/2} x, of which q is a difference, on |q|. Weights may be off by as much, relatively, unless stated.
    /// </summary>
    public void AssertParity(
        double t, SampleBlocks x, SampleBlocks mean,
        Func<int, (double LogSum, double Participation, double LargestWeight, int LargestIndex)> result, double? weightTolerance = null)
    {
        for (int q = 0; q < x.Count; q++)
        {
            double[] query = [.. Enumerable.Range(0, Dimension).Select(k => (double)x[q, k])];
            var reference = new EmpiricalScoreReference(Blocks, Sigma, Points, t, query);
            var (centred, whole) = SquaredNorms(query, q, t);
            // Roundings of a sum of d terms of one sign walk at random: √d of them at its end.
            double summing = Math.Max(1e-6, Rounding * Math.Sqrt(Dimension));
            double tolerance = Math.Max(1e-4, summing * centred + 4 * Rounding * Math.Sqrt(centred * whole)),
                weights = weightTolerance ?? tolerance;
            string where = $"{Name}, t = {t}, query {q} of {x.Count}: ";
            var (logSum, participation, largestWeight, largestIndex) = result(q);
            AssertClose(reference.LogSum, logSum, tolerance, where + "log-sum");
            AssertClose(reference.Participation, participation, 2 * weights, where + "participation");
            AssertClose(reference.LargestWeight, largestWeight, weights, where + "largest weight");
            if (reference.LargestWeight > 0.5 + weights) Assert.Equal(reference.LargestIndex, largestIndex);
            for (int k = 0; k < Dimension; k++)
            {
                double scale = 1 + Points.Max(point => Math.Abs(point[k]));
                AssertClose(reference.Mean[k], mean[q, k], 2 * weights * scale, where + $"mean, coordinate {k}");
            }
        }
    }

    public static void AssertClose(double expected, double actual, double tolerance, string what) =>
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
