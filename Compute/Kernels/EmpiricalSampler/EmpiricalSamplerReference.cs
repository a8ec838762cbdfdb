using Sweeps.Compute.Kernels.EmpiricalScore;
using Sweeps.Compute.Models;
using Sweeps.Compute.Random;

namespace Sweeps.Compute.Kernels.EmpiricalSampler;

/// <summary>
/// The reverse process under the empirical score from its definition, one sample at a time, scalar: the oracle of the vector form. Each
/// step is computed in double from coefficients in double; between steps a sample is rounded to the floats of <see cref="SampleBlocks"/>.
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
    public EmpiricalSamplerReference(
        GaussianMixture mixture, MixtureBlocks blocks, TrainingPoints training, int trainingPoints, double[] grid)
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
        Matrix2[] propagators = [.. moments.Select(moment => moment.Propagator)];
        Matrix2[] roots = [.. moments.Select(moment => moment.NoiseCovariance.SymmetricSquareRoot())];
        var z = new double[d];
        for (int q = 0; q < x.Count; q++)
        {
            var (high, low, _, _) = indices.Words((ulong)q);
            double[] a = points[(int)Math.BigMul(((ulong)high << 32) | low, (ulong)points.Length, out _)];
            ulong group = (ulong)(q / SampleBlocks.Lanes) * (ulong)d;
            for (int i = 0; i < d; i++) z[i] = Normal(noise, group, i, q);
            double[] mean = Apply(propagators, a), spread = Apply(roots, z);
            for (int i = 0; i < d; i++) x[q, i] = (float)(mean[i] + spread[i]);
        }
    }

    public void Advance(SampleBlocks x, int origin, int from, int to, RandomStream noise, CancellationToken cancellation)
    {
        int d = x.Dimension;
        double[] at = new double[d], mean = new double[d];
        for (int k = from; k > to; k--)
        {
            cancellation.ThrowIfCancellationRequested();
            double dt = grid[k] - grid[k - 1], spread = Math.Sqrt(2 * dt);
            BlockMoments[] moments = At(grid[k]);
            Matrix2[] precision = [.. moments.Select(moment => moment.NoiseCovariance.Inverse())];
            Matrix2[] stay = [.. moments.Zip(precision, (moment, p) => Matrix2.Identity + dt * (moment.Drift - 2 * p))];
            Matrix2[] pull = [.. moments.Zip(precision, (moment, p) => 2 * dt * p * moment.Propagator)];
            Matrix2[] whitening = [.. moments.Select(moment => moment.NoiseCovariance.InverseSymmetricSquareRoot())];
            Matrix2[] propagators = [.. moments.Select(moment => moment.Propagator)];
            double[][] images = [.. points.Select(a => Apply(whitening, Apply(propagators, a)))];
            for (int q = 0; q < x.Count; q++)
            {
                for (int i = 0; i < d; i++) at[i] = x[q, i];
                Mean(Apply(whitening, at), images, mean);
                double[] kept = Apply(stay, at), pulled = Apply(pull, mean);
                ulong group = ((ulong)(origin - k) * (ulong)x.Blocks + (ulong)(q / SampleBlocks.Lanes)) * (ulong)d;
                for (int i = 0; i < d; i++) x[q, i] = (float)(kept[i] + pulled[i] + spread * Normal(noise, group, i, q));
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
            if (double.IsInfinity(first)) throw new ArithmeticException("a sample's distances are not finite");
            ratio[q] = second > 0 ? Math.Sqrt(first / second) : 1;
        }
    }

    public void Dispose()
    {
    }

    private static double Normal(RandomStream noise, ulong group, int coordinate, int sample) =>
        NormalsReference.Normal(noise, (group + (ulong)coordinate) * SampleBlocks.Lanes + (ulong)(sample % SampleBlocks.Lanes));

    /// <summary>ā of a sample: its weights from the whitened sample and the whitened images of the training points.</summary>
    private void Mean(double[] sample, double[][] images, double[] mean)
    {
        var exponents = new double[points.Length];
        double maximum = double.NegativeInfinity, sum = 0;
        for (int mu = 0; mu < points.Length; mu++)
        {
            double distance = 0;
            for (int i = 0; i < sample.Length; i++) distance += (sample[i] - images[mu][i]) * (sample[i] - images[mu][i]);
            exponents[mu] = -0.5 * distance;
            maximum = Math.Max(maximum, exponents[mu]);
        }
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

    /// <summary>The block-diagonal matrix times a vector.</summary>
    private double[] Apply(Matrix2[] matrix, double[] x)
    {
        var y = new double[x.Length];
        for (int b = 0, i = 0; i < x.Length; i += blocks[b++].IsPair ? 2 : 1)
        {
            var (first, second) = matrix[b] * (x[i], blocks[b].IsPair ? x[i + 1] : 0);
            y[i] = first;
            if (blocks[b].IsPair) y[i + 1] = second;
        }
        return y;
    }
}
