using Sweeps.Compute.Kernels.EmpiricalScore;

namespace Sweeps.Compute.Kernels.PlantedWeights;

/// <summary>One way to fold training points into softmax sums on a device, for one batch of queries.</summary>
internal interface IWeightsFormDevice : IDisposable
{
    /// <summary>Takes in all training points.</summary>
    /// <param name="training">The points.</param>
    /// <param name="count">n ≥ 1.</param>
    /// <param name="cancellation">Looked at once per panel.</param>
    void Run(TrainingPoints training, long count, CancellationToken cancellation);

    /// <summary>
    /// [3][time][stride], times filled up: the largest exponent in units of log 2, and relative to it Σ w and Σ w². Waits.
    /// </summary>
    float[] States();
}
