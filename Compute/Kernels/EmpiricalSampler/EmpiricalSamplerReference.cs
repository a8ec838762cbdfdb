using Sweeps.Compute.Kernels.EmpiricalScore;
using Sweeps.Compute.Models;
using Sweeps.Compute.Random;

namespace Sweeps.Compute.Kernels.EmpiricalSampler;

/// <summary>
/// The reverse process under the empirical score from its definition, one sample at a time, scalar: the oracle of the vector form. Each step is
/// computed in double from coefficients in double; between steps a sample is rounded to the floats of <see cref="SampleBlocks"/>.
/// </summary>
internal sealed class EmpiricalSamplerReference : IEmpiricalSampler
{
    private readonly CoordinateBlock[] blocks;
    private readonly double sigma;
    private readonly double[] grid;
    private readonly double[][] points;

    /// <param name="mixture">The data law.</param>
    /// <param name="blocks">Its blocks.</param>
    /// <param name="training">The training points.</param>
    /// <param name="trainingPoints">n ≥ 1; all are held in memory.</param>
    /// <param name="grid">Time grid, ascending from t_0 = 0.</param>
    public EmpiricalSamplerReference(GaussianMixture mixture, MixtureBlocks blocks, TrainingPoints training, int trainingPoints, double[] grid)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trainingPoints, 1);
        int d = training.Dimension;
        // For U = I the blocks carry no mode: it is in the training points, and nothing here needs it.
        this.blocks = mixture.IsIsotropic
            ? [.. Enumerable.Range(0, d).Select(i => CoordinateBlock.Alone(i, 1, 0))]
            : [.. blocks.Pairs.AddRange(blocks.Singles)];
        this.grid = grid;
        sigma = mixture.Sigma;
        points = new double[trainingPoints][];
        var row = new float[d];
        for (int mu = 0; mu < trainingPoints; mu++)
        {
            training.Row(mu, row);
            points[mu] = [.. row.Select(value => (double)value)];
        }
    }

    public void Draw(SampleBlocks x, RandomStream indices, RandomStream noise)
    {
        int d = x.Dimension;
        BlockMoments[] moments = At(grid[^1]);
        for (int q = 0; q < x.Count; q++)
        {
            var (high, low, _, _) = indices.Words((ulong)q);
            double[] a = points[(int)Math.BigMul(((ulong)high << 32) | low, (ulong)points.Length, out _)];
            ulong group = (ulong)(q / SampleBlocks.Lanes) * (ulong)d;
            for (int b = 0, i = 0; i < d; i += blocks[b++].IsPair ? 2 : 1)
            {
                bool pair = blocks[b].IsPair;
                var (e1, e2) = moments[b].Propagator * (a[i], pair ? a[i + 1] : 0);
                var (z1, z2) = moments[b].NoiseCovariance.SymmetricSquareRoot() *
                    (Normal(noise, group, i, q), pair ? Normal(noise, group, i + 1, q) : 0);
                x[q, i] = (float)(e1 + z1);
                if (pair) x[q, i + 1] = (float)(e2 + z2);
            }
        }
    }

    public void Advance(SampleBlocks x, int origin, int from, int to, RandomStream noise, CancellationToken cancellation)
    {
        int d = x.Dimension;
        var mean = new double[d];
        for (int k = from; k > to; k--)
        {
            cancellation.ThrowIfCancellationRequested();
            double dt = grid[k] - grid[k - 1], spread = Math.Sqrt(2 * dt);
            BlockMoments[] moments = At(grid[k]);
            double[][] images = [.. points.Select(a => Image(moments, a))];
            for (int q = 0; q < x.Count; q++)
            {
                Mean(x, q, moments, images, mean);
                ulong group = ((ulong)(origin - k) * (ulong)x.Blocks + (ulong)(q / SampleBlocks.Lanes)) * (ulong)d;
                for (int b = 0, i = 0; i < d; i += blocks[b++].IsPair ? 2 : 1)
                {
                    bool pair = blocks[b].IsPair;
                    Matrix2 precision = moments[b].NoiseCovariance.Inverse();
                    Matrix2 stay = Matrix2.Identity + dt * (moments[b].Drift - 2 * precision), pull = 2 * dt * precision * moments[b].Propagator;
                    var (s1, s2) = stay * ((double)x[q, i], pair ? x[q, i + 1] : 0);
                    var (p1, p2) = pull * (mean[i], pair ? mean[i + 1] : 0);
                    x[q, i] = (float)(s1 + p1 + spread * Normal(noise, group, i, q));
                    if (pair) x[q, i + 1] = (float)(s2 + p2 + spread * Normal(noise, group, i + 1, q));
                }
            }
        }
    }

    public void Nearest(SampleBlocks x, Span<int> nearest, Span<double> ratio)
    {
        for (int q = 0; q < x.Count; q++)
        {
            double first = double.PositiveInfinity, second = double.PositiveInfinity;
            for (int mu = 0; mu < points.Length; mu++)
            {
                double distance = 0;
                for (int i = 0; i < x.Dimension; i++) distance += (x[q, i] - points[mu][i]) * (x[q, i] - points[mu][i]);
                if (distance < first) (first, second, nearest[q]) = (distance, first, mu);
                else if (distance < second) second = distance;
            }
            ratio[q] = second > 0 ? Math.Sqrt(first / second) : 1;
        }
    }

    public void Dispose()
    {
    }

    private static double Normal(RandomStream noise, ulong group, int coordinate, int sample) =>
        NormalsReference.Normal(noise, (group + (ulong)coordinate) * SampleBlocks.Lanes + (ulong)(sample % SampleBlocks.Lanes));

    /// <summary>ā of one sample.</summary>
    private void Mean(SampleBlocks x, int sample, BlockMoments[] moments, double[][] images, double[] mean)
    {
        double[] at = Whiten(moments, [.. Enumerable.Range(0, x.Dimension).Select(i => (double)x[sample, i])]);
        var exponents = new double[points.Length];
        for (int mu = 0; mu < points.Length; mu++)
        {
            double distance = 0;
            for (int i = 0; i < at.Length; i++) distance += (at[i] - images[mu][i]) * (at[i] - images[mu][i]);
            exponents[mu] = -0.5 * distance;
        }
        double maximum = exponents.Max(), sum = 0;
        Array.Clear(mean);
        for (int mu = 0; mu < points.Length; mu++)
        {
            double weight = Math.Exp(exponents[mu] - maximum);
            sum += weight;
            for (int i = 0; i < mean.Length; i++) mean[i] += weight * points[mu][i];
        }
        for (int i = 0; i < mean.Length; i++) mean[i] /= sum;
    }

    private BlockMoments[] At(double t) => [.. blocks.Select(block => new BlockMoments(block, sigma, t))];

    /// <summary>Σ_t^{−1/2} E a.</summary>
    private double[] Image(BlockMoments[] moments, double[] a) =>
        Apply(moments, a, moment => moment.NoiseCovariance.InverseSymmetricSquareRoot() * moment.Propagator);

    /// <summary>Σ_t^{−1/2} x.</summary>
    private double[] Whiten(BlockMoments[] moments, double[] x) => Apply(moments, x, moment => moment.NoiseCovariance.InverseSymmetricSquareRoot());

    private double[] Apply(BlockMoments[] moments, double[] x, Func<BlockMoments, Matrix2> matrix)
    {
        var y = new double[x.Length];
        for (int b = 0, i = 0; i < x.Length; i += blocks[b++].IsPair ? 2 : 1)
        {
            var (first, second) = matrix(moments[b]) * (x[i], blocks[b].IsPair ? x[i + 1] : 0);
            y[i] = first;
            if (blocks[b].IsPair) y[i + 1] = second;
        }
        return y;
    }
}
