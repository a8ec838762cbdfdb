namespace Sweeps.Compute.Kernels.PlantedWeights;

/// <summary>One way to fold training points into softmax sums.</summary>
internal interface IWeightsForm : IDisposable
{
    /// <summary>Takes in a training point, centred on its mode: [d] and its class, ±1.</summary>
    void Add(ReadOnlySpan<float> centred, float sign);

    /// <summary>The statistics over all points taken in.</summary>
    WeightStatistics Finish();
}
