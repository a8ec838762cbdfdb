using Sweeps.Compute.Devices;
using Sweeps.Compute.Kernels.EmpiricalSampler;
using Sweeps.Compute.Kernels.EmpiricalScore;
using Sweeps.Compute.Kernels.PlantedWeights;
using Sweeps.Compute.Kernels.ReverseSampler;
using Sweeps.Compute.Models;

namespace Sweeps.Compute.Experiments.Mixture;

/// <summary>
/// The experiment's kernels on a device, for one thread at a time. What the device's memory turned out to hold is remembered from point to point.
/// </summary>
internal sealed class MixtureKernelsDevice(DeviceSession session) : IMixtureKernels, IDisposable
{
    private readonly WorkingMemory memory = new(session.Device.Description);
    private SpeciationOnDevice? trajectories;

    /// <summary>Those of a session, made once.</summary>
    public static MixtureKernelsDevice Of(DeviceSession session) => session.Keep(each => new MixtureKernelsDevice(each));

    public void RunTrajectories(
        GaussianMixturePoint point, ReverseCoefficients coefficients, SpeciationTally tally, IParallelLoop loop, CancellationToken cancellation) =>
        (trajectories ??= new(session.Device)).Run(point, coefficients, tally, cancellation);

    public WeightStatistics PlantedWeights(
        GaussianMixture mixture, MixtureBlocks blocks, TrainingPoints training, long trainingPoints, PlantedQueries queries,
        ReadOnlySpan<double> times, CancellationToken cancellation) =>
        PlantedWeightsDevice.Run(session.Device, memory, mixture, blocks, training, trainingPoints, queries, times, cancellation);

    public IEmpiricalSampler EmpiricalSampler(
        GaussianMixture mixture, MixtureBlocks blocks, TrainingPoints training, int trainingPoints, double[] grid) =>
        new EmpiricalSamplerDevice(session.Device, mixture, blocks, training, trainingPoints, grid);

    public void Dispose() => trajectories?.Dispose();
}
