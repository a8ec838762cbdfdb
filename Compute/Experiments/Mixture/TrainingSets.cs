using Sweeps.Compute.Kernels.EmpiricalScore;
using Sweeps.Compute.Random;

namespace Sweeps.Compute.Experiments.Mixture;

/// <summary>The training sets of a point, one per batch and one for the pilot; the same for every measurement.</summary>
internal sealed class TrainingSets
{
    private readonly float[] mode;
    private readonly double sigma;
    private readonly RandomStream stream;

    public TrainingSets(GaussianMixturePoint point)
    {
        Blocks = new(point.Mixture);
        mode = TrainingPoints.Mode(point.Mixture, Blocks);
        sigma = point.Mixture.Sigma;
        stream = point.Stream("training");
    }

    public MixtureBlocks Blocks { get; }

    /// <summary>The training set of a batch.</summary>
    public TrainingPoints Of(uint replica) => new(mode, sigma, stream, replica);
}
