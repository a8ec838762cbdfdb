using Sweeps.Compute.Kernels.EmpiricalScore;
using Sweeps.Compute.Kernels.PlantedWeights;
using Sweeps.Compute.Models;
using Sweeps.Compute.Random;

namespace Sweeps.Compute.Tests.Kernels.PlantedWeights;

/// <summary>Mixtures, queries and parity with the reference, for every form of the planted weights.</summary>
internal static class PlantedCase
{
    public static readonly double[] Times = [0.03, 0.2, 0.6, 1, 1.6, 3, 8];

    public delegate WeightStatistics Form(
        GaussianMixture mixture, MixtureBlocks blocks, TrainingPoints training, long trainingPoints, PlantedQueries queries,
        double[] times);

    public static Form Simd =>
        (mixture, blocks, training, n, queries, times) => PlantedWeightsSimd.Run(mixture, blocks, training, n, queries, times);

    public static Form Reference =>
        (mixture, blocks, training, n, queries, times) => PlantedWeightsReference.Run(mixture, blocks, training, n, queries, times);

    public static void AssertParity(Form form, GaussianMixture mixture, long n, int queries)
    {
        WeightStatistics statistics = Run(form, mixture, n, queries), reference = Run(Reference, mixture, n, queries);
        for (int i = 0; i < Times.Length; i++)
        {
            string where = $"n = {n}, M = {queries}, d = {mixture.Dimension}, t = {Times[i]}: ";
            AssertClose(reference.LogSum[i], statistics.LogSum[i], 1e-4 * queries, where + "log-sum");
            AssertClose(reference.Participation[i], statistics.Participation[i], 2e-5 * queries, where + "participation");
            AssertClose(reference.LargestWeight[i], statistics.LargestWeight[i], 1e-4 * queries, where + "largest weight");
            AssertClose(reference.PlantedWeight[i], statistics.PlantedWeight[i], 1e-4 * queries, where + "planted weight");
        }
    }

    public static WeightStatistics Run(Form form, GaussianMixture mixture, long n, int queries, double[]? times = null, uint replica = 0)
    {
        var blocks = new MixtureBlocks(mixture);
        var training = new TrainingPoints(
            TrainingPoints.Mode(mixture, blocks), mixture.Sigma, RandomStream.Of(9, "score\n", "training"), replica);
        var set = new PlantedQueries(training, n, queries, RandomStream.Of(9, "score\n", "query"), replica);
        return form(mixture, blocks, training, n, set, times ?? Times);
    }

    public static void AssertClose(double expected, double actual, double tolerance, string what) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance, $"{what}: {actual} against {expected}, off by {actual - expected:g3}");
}
