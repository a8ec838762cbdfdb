using Sweeps.Compute.Devices;
using Sweeps.Compute.Kernels.EmpiricalScore;
using Sweeps.Compute.Models;

namespace Sweeps.Compute.Kernels.PlantedWeights;

/// <summary>
/// Statistics of the empirical score's weights (physics §4) for M noised queries against n training points at several times on a device:
/// what <see cref="PlantedWeightsSimd"/> gives, with its accuracy. Points are made there panel by panel and dropped; no n × M matrix
/// exists.
/// </summary>
/// <remarks>
/// The planted point's own exponent is 0 exactly where the device rounds correctly; where it does not, its coordinates may differ in the
/// last bit from the query's, and the exponent is off by about 1e-7 d e^{−2t}/Δ_t.
/// </remarks>
internal static class PlantedWeightsDevice
{
    /// <param name="device">Where.</param>
    /// <param name="mixture">The data law; decides which form runs.</param>
    /// <param name="blocks">Its blocks.</param>
    /// <param name="training">The training points.</param>
    /// <param name="trainingPoints">n ≥ 1.</param>
    /// <param name="queries">M ≥ 0 queries.</param>
    /// <param name="times">OU times, each &gt; 0.</param>
    /// <param name="cancellation">Looked at once per panel.</param>
    /// <returns>Sums over the queries, in their order; log-sums within 1e-4 of <see cref="PlantedWeightsReference"/> per query.</returns>
    /// <exception cref="ArithmeticException">A weight is not finite.</exception>
    /// <exception cref="DeviceException">The device failed; if it ran out of memory, then with the smallest panels too.</exception>
    public static WeightStatistics Run(
        IDevice device, GaussianMixture mixture, MixtureBlocks blocks, TrainingPoints training, long trainingPoints, PlantedQueries queries,
        ReadOnlySpan<double> times, CancellationToken cancellation = default) =>
        Run(device, new(device.Description), mixture, blocks, training, trainingPoints, queries, times, cancellation);

    /// <summary>The same with other panels than the device's memory suggests.</summary>
    public static WeightStatistics Run(
        IDevice device, WorkingMemory memory, GaussianMixture mixture, MixtureBlocks blocks, TrainingPoints training, long trainingPoints,
        PlantedQueries queries, ReadOnlySpan<double> times, CancellationToken cancellation = default)
    {
        WeightStatistics statistics = new(times.Length);
        if (times.Length == 0) return statistics;
        double[] instants = times.ToArray();
        using IDeviceQueue queue = device.CreateQueue();
        for (int first = 0; first < queries.Count;)
        {
            int count = 0;
            float[] states = [];
            memory.Run(() =>
            {
                count = Math.Min(queries.Count - first, mixture.IsIsotropic
                    ? IsotropicWeightsDevice.LargestBatch(memory, training.Dimension)
                    : WhitenedWeightsDevice.LargestBatch(memory, training.Dimension, instants.Length));
                var batch = new PlantedBatch(queries, first, count);
                using IWeightsFormDevice form = mixture.IsIsotropic
                    ? new IsotropicWeightsDevice(device, queue, memory, (float)mixture.ModeNorm, batch, instants)
                    : new WhitenedWeightsDevice(device, queue, memory, mixture.Sigma, blocks, training.ModeVector, batch, instants);
                form.Run(training, trainingPoints, cancellation);
                states = form.States();
            });
            Add(states, PlantedBatch.StrideOf(count), count, statistics, instants.Length);
            first += count;
        }
        return statistics;
    }

    private static void Add(float[] states, int stride, int queries, WeightStatistics statistics, int times)
    {
        int all = states.Length / 3;
        for (int time = 0; time < times; time++)
        {
            for (int q = 0; q < queries; q++)
            {
                int at = time * stride + q;
                double sum = states[all + at], participation = states[2 * all + at] / (sum * sum);
                double logSum = Math.Log(2) * (states[at] + Math.Log2(sum));
                if (!double.IsFinite(logSum) || !double.IsFinite(participation))
                    throw new ArithmeticException("a weight of the empirical score left the finite numbers");
                statistics.Add(time, logSum, participation, 1 / sum);
            }
        }
    }
}
