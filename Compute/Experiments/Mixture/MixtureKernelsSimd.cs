using Sweeps.Compute.Kernels.EmpiricalSampler;
using Sweeps.Compute.Kernels.EmpiricalScore;
using Sweeps.Compute.Kernels.PlantedWeights;
using Sweeps.Compute.Kernels.ReverseSampler;
using Sweeps.Compute.Models;

namespace Sweeps.Compute.Experiments.Mixture;

/// <summary>The experiment's kernels on the vector units of this machine's processor.</summary>
internal sealed class MixtureKernelsSimd : IMixtureKernels
{
    public static MixtureKernelsSimd Instance { get; } = new();

    public void RunTrajectories(
        GaussianMixturePoint point, ReverseCoefficients coefficients, SpeciationTally tally, IParallelLoop loop, CancellationToken cancellation) =>
        new SpeciationSimulation(point, coefficients).Run(tally, loop, cancellation);

    public WeightStatistics PlantedWeights(
        GaussianMixture mixture, MixtureBlocks blocks, TrainingPoints training, long trainingPoints, PlantedQueries queries,
        ReadOnlySpan<double> times, CancellationToken cancellation) =>
        PlantedWeightsSimd.Run(mixture, blocks, training, trainingPoints, queries, times, cancellation);

    public IEmpiricalSampler EmpiricalSampler(
        GaussianMixture mixture, MixtureBlocks blocks, TrainingPoints training, int trainingPoints, double[] grid) =>
        new EmpiricalSamplerSimd(mixture, blocks, training, trainingPoints, grid);
}
