using Sweeps.Compute.Kernels.EmpiricalSampler;
using Sweeps.Compute.Kernels.EmpiricalScore;
using Sweeps.Compute.Models;
using Sweeps.Compute.Random;
using Sweeps.Compute.Tests.Models;

namespace Sweeps.Compute.Tests.Kernels.EmpiricalScore;

/// <summary>A training set of a mixture (see <see cref="MixtureCases.Of"/>), and queries as the forward process makes them.</summary>
internal sealed class ScoreCase
{
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

    private double[] Point(int index)
    {
        var row = new float[Dimension];
        Training.Row(index, row);
        return [.. row.Select(value => (double)value)];
    }
}
