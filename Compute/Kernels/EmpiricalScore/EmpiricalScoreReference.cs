using Sweeps.Compute.Models;

namespace Sweeps.Compute.Kernels.EmpiricalScore;

/// <summary>
/// The empirical score of one query from its definition, scalar and in double: the oracle of <see cref="EmpiricalScoreSimd"/>.
/// </summary>
internal sealed class EmpiricalScoreReference
{
    /// <param name="blocks">Coordinate blocks.</param>
    /// <param name="sigma">σ.</param>
    /// <param name="points">Training points [n][d].</param>
    /// <param name="t">OU time, &gt; 0.</param>
    /// <param name="x">The query, [d].</param>
    public EmpiricalScoreReference(MixtureBlocks blocks, double sigma, double[][] points, double t, double[] x)
    {
        var exponents = new double[points.Length];
        for (int mu = 0; mu < points.Length; mu++)
        {
            int i = 0;
            foreach (CoordinateBlock block in blocks.Pairs)
            {
                var moments = new BlockMoments(block, sigma, t);
                var (e1, e2) = moments.Propagator * (points[mu][i], points[mu][i + 1]);
                var (u, v) = moments.NoiseCovariance.InverseSymmetricSquareRoot() * (x[i] - e1, x[i + 1] - e2);
                exponents[mu] -= 0.5 * (u * u + v * v);
                i += 2;
            }
            foreach (CoordinateBlock block in blocks.Singles)
            {
                var moments = new BlockMoments(block, sigma, t);
                double u = (x[i] - moments.Propagator.A11 * points[mu][i]) / Math.Sqrt(moments.NoiseCovariance.A11);
                exponents[mu] -= 0.5 * u * u;
                i++;
            }
        }
        double maximum = exponents.Max();
        double[] weights = [.. exponents.Select(exponent => Math.Exp(exponent - maximum))];
        double sum = weights.Sum();
        LogSum = maximum + Math.Log(sum);
        Participation = weights.Sum(weight => weight * weight) / (sum * sum);
        LargestWeight = 1 / sum;
        LargestIndex = Array.IndexOf(exponents, maximum);
        Mean = [.. Enumerable.Range(0, x.Length).Select(i => weights.Zip(points, (weight, point) => weight * point[i]).Sum() / sum)];
    }

    public double LogSum { get; }

    public double Participation { get; }

    public double LargestWeight { get; }

    public int LargestIndex { get; }

    /// <summary>ā, [d].</summary>
    public double[] Mean { get; }
}
