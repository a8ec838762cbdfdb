using Sweeps.Compute.Kernels.EmpiricalScore;
using Sweeps.Compute.Models;

namespace Sweeps.Compute.Kernels.PlantedWeights;

/// <summary>
/// Statistics of the empirical score's weights (physics §4) for M noised queries against n training points at several times, in single precision,
/// fused: training points are made tile by tile, multiplied with all queries, and folded into running softmax sums; no n × M matrix exists.
/// </summary>
internal static class PlantedWeightsSimd
{
    /// <param name="mixture">The data law; decides which form runs.</param>
    /// <param name="blocks">Its blocks.</param>
    /// <param name="training">The training points.</param>
    /// <param name="trainingPoints">n ≥ 1.</param>
    /// <param name="queries">M ≥ 0 queries.</param>
    /// <param name="times">OU times, each &gt; 0.</param>
    /// <param name="cancellation">Looked at once per tile's worth of points.</param>
    /// <returns>Sums over the queries, in their order; log-sums within 1e-4 of <see cref="PlantedWeightsReference"/> per query.</returns>
    public static WeightStatistics Run(
        GaussianMixture mixture, MixtureBlocks blocks, TrainingPoints training, long trainingPoints, PlantedQueries queries,
        ReadOnlySpan<double> times, CancellationToken cancellation = default)
    {
        using IWeightsForm form = mixture.IsIsotropic
            ? new IsotropicWeights((float)mixture.ModeNorm, queries, times)
            : new WhitenedWeights(mixture.Sigma, blocks, training.ModeVector, queries, times);
        var point = new float[training.Dimension];
        for (long index = 0; index < trainingPoints; index++)
        {
            if (index % DataTile.Rows == 0) cancellation.ThrowIfCancellationRequested();
            training.Centred(index, point);
            form.Add(point, training.Class(index));
        }
        return form.Finish();
    }
}
