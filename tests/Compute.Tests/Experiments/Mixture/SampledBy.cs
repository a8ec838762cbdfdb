using Sweeps.Compute.Experiments;
using Sweeps.Compute.Experiments.Mixture;
using Sweeps.Compute.Kernels.EmpiricalSampler;
using Sweeps.Compute.Kernels.EmpiricalScore;
using Sweeps.Compute.Kernels.PlantedWeights;
using Sweeps.Compute.Kernels.ReverseSampler;
using Sweeps.Compute.Models;

namespace Sweeps.Compute.Tests.Experiments.Mixture;

/// <summary>The processor's kernels with a choice of the empirical sampler.</summary>
internal sealed class SampledBy(Func<GaussianMixture, MixtureBlocks, TrainingPoints, int, double[], IEmpiricalSampler> sampler) : IMixtureKernels
{
    public static IMixtureKernels Reference { get; } =
        new SampledBy((mixture, blocks, training, n, grid) => new EmpiricalSamplerReference(mixture, blocks, training, n, grid));

    public void RunTrajectories(
        GaussianMixturePoint point, ReverseCoefficients coefficients, SpeciationTally tally, IParallelLoop loop, CancellationToken cancellation) =>
        MixtureKernelsSimd.Instance.RunTrajectories(point, coefficients, tally, loop, cancellation);

    public WeightStatistics PlantedWeights(
        GaussianMixture mixture, MixtureBlocks blocks, TrainingPoints training, long trainingPoints, PlantedQueries queries,
        ReadOnlySpan<double> times, CancellationToken cancellation) =>
        MixtureKernelsSimd.Instance.PlantedWeights(mixture, blocks, training, trainingPoints, queries, times, cancellation);

    public IEmpiricalSampler EmpiricalSampler(
        GaussianMixture mixture, MixtureBlocks blocks, TrainingPoints training, int trainingPoints, double[] grid) =>
        sampler(mixture, blocks, training, trainingPoints, grid);
}
