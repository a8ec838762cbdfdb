using Sweeps.Compute.Models;

namespace Sweeps.Compute.Kernels.EmpiricalScore;

/// <summary>
/// The weights of the empirical score from their definition, scalar and in double: the oracle of <see cref="EmpiricalScoreSimd"/>. It forms
/// <c>ℓ_μ = −½ |Σ_t^{−1/2}(x − E a_μ)|²</c> with <c>x = E a_{μ*} + Σ_t^{1/2} z</c> for every training point.
/// </summary>
internal static class EmpiricalScoreReference
{
    public static ScoreStatistics Run(
        GaussianMixture mixture, MixtureBlocks blocks, TrainingPoints training, long trainingPoints, QuerySet queries, ReadOnlySpan<double> times)
    {
        int d = training.Dimension;
        var statistics = new ScoreStatistics(times.Length);
        var row = new float[d];
        var exponents = new double[trainingPoints];
        for (int time = 0; time < times.Length; time++)
        {
            Matrix2[] whitening = Blocks(mixture, blocks, d, times[time]);
            for (int q = 0; q < queries.Count; q++)
            {
                ReadOnlySpan<float> planted = queries.PlantedPoints.AsSpan(q * d, d), z = queries.Noise.AsSpan(q * d, d);
                double norm = 0;
                foreach (float value in z) norm += (double)value * value;
                for (long mu = 0; mu < trainingPoints; mu++)
                {
                    training.Row(mu, row);
                    double distance = 0;
                    for (int i = 0, b = 0; i < d; b++)
                    {
                        Matrix2 w = whitening[b];
                        bool pair = b < blocks.Pairs.Length;
                        double first = (double)planted[i] - row[i], second = pair ? (double)planted[i + 1] - row[i + 1] : 0;
                        double u = w.A11 * first + w.A12 * second + z[i];
                        double v = pair ? w.A21 * first + w.A22 * second + z[i + 1] : 0;
                        distance += u * u + v * v;
                        i += pair ? 2 : 1;
                    }
                    exponents[mu] = -0.5 * distance + 0.5 * norm;
                }
                double maximum = exponents.Max(), sum = 0, squares = 0;
                foreach (double exponent in exponents)
                {
                    double weight = Math.Exp(exponent - maximum);
                    sum += weight;
                    squares += weight * weight;
                }
                statistics.Add(time, maximum + Math.Log(sum), squares / (sum * sum), 1 / sum);
            }
        }
        return statistics;
    }

    private static Matrix2[] Blocks(GaussianMixture mixture, MixtureBlocks blocks, int dimension, double t)
    {
        if (!mixture.IsIsotropic) return [.. blocks.Pairs.AddRange(blocks.Singles).Select(block => Whitening.Of(block, mixture.Sigma, t))];
        double ratio = Math.Exp(-t) / Math.Sqrt(1 - Math.Exp(-2 * t));
        return [.. Enumerable.Repeat(Matrix2.Diagonal(ratio, 1), dimension)];
    }
}
