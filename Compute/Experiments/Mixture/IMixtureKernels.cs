using Sweeps.Compute.Kernels.EmpiricalSampler;
using Sweeps.Compute.Kernels.EmpiricalScore;
using Sweeps.Compute.Kernels.PlantedWeights;
using Sweeps.Compute.Kernels.ReverseSampler;
using Sweeps.Compute.Models;

namespace Sweeps.Compute.Experiments.Mixture;

/// <summary>The hot computations of the experiment on one kind of device. What they mean, and the random words they take, are the same on all.</summary>
internal interface IMixtureKernels
{
    /// <summary>Runs all reverse trajectories of a point, trunks and branches, and adds them up.</summary>
    /// <param name="point">The point.</param>
    /// <param name="coefficients">Its grid and blocks.</param>
    /// <param name="tally">Says where to branch and observe, and takes what comes of it.</param>
    /// <param name="loop">Threads of this machine.</param>
    /// <param name="cancellation">Looked at between parts of the run.</param>
    /// <exception cref="ArithmeticException">A trajectory left the finite numbers.</exception>
    void RunTrajectories(
        GaussianMixturePoint point, ReverseCoefficients coefficients, SpeciationTally tally, IParallelLoop loop, CancellationToken cancellation);

    /// <summary>Statistics of the weights of planted queries; for the parameters see <see cref="PlantedWeightsSimd.Run"/>.</summary>
    /// <exception cref="ArithmeticException">A weight left the finite numbers.</exception>
    WeightStatistics PlantedWeights(
        GaussianMixture mixture, MixtureBlocks blocks, TrainingPoints training, long trainingPoints, PlantedQueries queries,
        ReadOnlySpan<double> times, CancellationToken cancellation);

    /// <summary>The reverse process under the empirical score of a training set.</summary>
    /// <param name="mixture">The data law.</param>
    /// <param name="blocks">Its blocks.</param>
    /// <param name="training">The training points.</param>
    /// <param name="trainingPoints">n ≥ 1.</param>
    /// <param name="grid">Time grid, ascending from t_0 = 0.</param>
    IEmpiricalSampler EmpiricalSampler(
        GaussianMixture mixture, MixtureBlocks blocks, TrainingPoints training, int trainingPoints, double[] grid);
}
