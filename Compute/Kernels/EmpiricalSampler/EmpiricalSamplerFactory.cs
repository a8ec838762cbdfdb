using Sweeps.Compute.Kernels.EmpiricalScore;
using Sweeps.Compute.Models;

namespace Sweeps.Compute.Kernels.EmpiricalSampler;

/// <summary>Makes a sampler of one training set.</summary>
/// <param name="mixture">The data law.</param>
/// <param name="blocks">Its blocks.</param>
/// <param name="training">The training points.</param>
/// <param name="trainingPoints">n ≥ 1.</param>
/// <param name="grid">Time grid, ascending from t_0 = 0.</param>
internal delegate IEmpiricalSampler EmpiricalSamplerFactory(
    GaussianMixture mixture, MixtureBlocks blocks, TrainingPoints training, int trainingPoints, double[] grid);
