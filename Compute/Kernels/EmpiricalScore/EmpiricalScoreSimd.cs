using Sweeps.Compute.Models;

namespace Sweeps.Compute.Kernels.EmpiricalScore;

/// <summary>
/// Statistics of the empirical score's weights (physics §4) for M queries against n training points at several times, in single precision, fused:
/// training points are made tile by tile, multiplied with all queries, and folded into running softmax sums; no n × M matrix exists.
/// </summary>
internal static class EmpiricalScoreSimd
{
    /// <param name="mixture">The data law; decides which form runs.</param>
    /// <param name="blocks">Its blocks.</param>
    /// <param name="training">The training points.</param>
    /// <param name="trainingPoints">n ≥ 1.</param>
    /// <param name="queries">M ≥ 0 queries.</param>
    /// <param name="times">OU times, each &gt; 0.</param>
    /// <param name="cancellation">Looked at once per tile.</param>
    /// <returns>Sums over the queries, in their order; log-sums within 1e-4 of <see cref="EmpiricalScoreReference"/> per query.</returns>
    public static ScoreStatistics Run(
        GaussianMixture mixture, MixtureBlocks blocks, TrainingPoints training, long trainingPoints, QuerySet queries, ReadOnlySpan<double> times,
        CancellationToken cancellation = default)
    {
        using IScoreForm form = mixture.IsIsotropic
            ? new IsotropicScore(training.Dimension, queries, times)
            : new WhitenedScore(mixture.Sigma, blocks, training.ModeVector, queries, times);
        var rows = new float[(long)DataTile.Rows * training.Dimension];
        var classes = new float[DataTile.Rows];
        for (long first = 0; first < trainingPoints; first += DataTile.Rows)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = (int)Math.Min(DataTile.Rows, trainingPoints - first);
            for (int i = 0; i < count; i++)
            {
                training.Row(first + i, rows.AsSpan(i * training.Dimension, training.Dimension));
                classes[i] = training.Class(first + i);
            }
            form.Add(rows, classes, count);
        }
        return form.Finish();
    }
}
