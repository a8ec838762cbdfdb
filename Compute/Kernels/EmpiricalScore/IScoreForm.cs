namespace Sweeps.Compute.Kernels.EmpiricalScore;

/// <summary>One way to fold data tiles into softmax sums.</summary>
internal interface IScoreForm : IDisposable
{
    /// <summary>Takes in data rows [count][d] with their classes (±1), count ≤ <see cref="DataTile.Rows"/>.</summary>
    void Add(float[] rows, float[] classes, int count);

    /// <summary>The statistics over all rows taken in.</summary>
    ScoreStatistics Finish();
}
