using Sweeps.Compute.Kernels.EmpiricalScore;
using Sweeps.Compute.Kernels.PlantedWeights;
using Sweeps.Compute.Models;
using Sweeps.Compute.Random;
using Sweeps.Compute.Theory;

namespace Sweeps.Benchmarks;

/// <summary>
/// The raw arrays of the empirical-score job: data <c>a</c> [n][d] of the isotropic mixture with σ = μ = 1, and queries
/// <c>x = e^{−t} a_{μ*} + √Δ_t z</c> [M][d], at the closed form of the collapse time, where the weights are neither one point's nor
/// everybody's.
/// </summary>
internal sealed class ScoreInputs
{
    /// <param name="dimension">d.</param>
    /// <param name="queries">M.</param>
    /// <param name="points">n.</param>
    public ScoreInputs(int dimension, int queries, int points)
    {
        (Dimension, QueryCount, PointCount) = (dimension, queries, points);
        var mixture = new GaussianMixture(dimension, 1, 1, 1, 0, ModeDirection.Slowest);
        Time = CollapseTheory.CollapseTime(mixture, 10, points) ?? throw new ArgumentException("no collapse in the window", nameof(points));
        var training = new TrainingPoints(
            TrainingPoints.Mode(mixture, new(mixture)), 1, RandomStream.Of(1, "benchmark\n", "training"), 0);
        RandomStream stream = RandomStream.Of(1, "benchmark\n", "query");
        var planted = new PlantedQueries(training, points, queries, stream, 0);
        Data = new float[(long)points * dimension];
        for (int i = 0; i < points; i++) training.Row(i, Data.AsSpan(i * dimension, dimension));
        float decay = (float)Decay, noise = (float)Math.Sqrt(Variance);
        Queries = new float[(long)queries * dimension];
        for (int q = 0; q < queries; q++)
            for (int k = 0; k < dimension; k++)
                Queries[(q * dimension) + k] =
                    (decay * (planted.Centred(q)[k] + (planted.Classes[q] * training.ModeVector[k]))) + (noise * planted.Noise(q)[k]);
    }

    public int Dimension { get; }

    /// <summary>M.</summary>
    public int QueryCount { get; }

    /// <summary>n.</summary>
    public int PointCount { get; }

    /// <summary>OU time t.</summary>
    public double Time { get; }

    /// <summary>e^{−t}.</summary>
    public double Decay => Math.Exp(-Time);

    /// <summary>Δ_t = 1 − e^{−2t}.</summary>
    public double Variance => 1 - Math.Exp(-2 * Time);

    /// <summary>x, [M][d].</summary>
    public float[] Queries { get; }

    /// <summary>a, [n][d].</summary>
    public float[] Data { get; }
}
