using Sweeps.Compute.Kernels.EmpiricalScore;
using Sweeps.Compute.Models;

namespace Sweeps.Compute.Kernels.PlantedWeights;

/// <summary>
/// The weights of the empirical score from their definition, scalar and in double: the oracle of <see cref="PlantedWeightsSimd"/>. It forms
/// <c>ℓ_μ = −½ |Σ_t^{−1/2}(x − E a_μ)|²</c> with <c>x = E a_{μ*} + Σ_t^{1/2} z</c> for every training point.
/// </summary>
internal static class PlantedWeightsReference
{
    public static WeightStatistics Run(
        GaussianMixture mixture, MixtureBlocks blocks, TrainingPoints training, long trainingPoints, PlantedQueries queries, ReadOnlySpan<double> times)
    {
        int d = training.Dimension;
        var statistics = new WeightStatistics(times.Length);
        var row = new float[d];
        var exponents = new double[trainingPoints];
        for (int time = 0; time < times.Length; time++)
        {
            Matrix2[] whitening = Blocks(mixture, blocks, d, times[time]);
            for (int q = 0; q < queries.Count; q++)
            {
                ReadOnlySpan<float> planted = queries.Centred(q), z = queries.Noise(q), mode = training.ModeVector;
                double norm = 0;
                foreach (float value in z) norm += (double)value * value;
                for (long mu = 0; mu < trainingPoints; mu++)
                {
                    training.Centred(mu, row);
                    double distance = 0, across = queries.Classes[q] - training.Class(mu);
                    for (int i = 0, b = 0; i < d; b++)
                    {
                        Matrix2 w = whitening[b];
                        bool pair = b < blocks.Pairs.Length;
                        double first = (double)planted[i] - row[i] + across * mode[i];
                        double second = pair ? (double)planted[i + 1] - row[i + 1] + across * mode[i + 1] : 0;
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
        if (!mixture.IsIsotropic) return [.. blocks.Pairs.AddRange(blocks.Singles).Select(block => ScoreFrame.WhiteningOf(block, mixture.Sigma, t))];
        double ratio = Math.Exp(-t) / Math.Sqrt(1 - Math.Exp(-2 * t));
        return [.. Enumerable.Repeat(Matrix2.Diagonal(ratio, 1), dimension)];
    }
}
