using Sweeps.Compute.Devices;

namespace Sweeps.Compute.Kernels.EmpiricalScore;

/// <summary>
/// What the weights of queries say: log-sum, participation, largest weight and its point, as <see cref="EmpiricalScoreSimd"/> defines them.
/// </summary>
/// <param name="queries">Queries; lanes beyond them are left out.</param>
internal sealed class ScoreStatistics(int queries)
{
    /// <summary>ln Σ_μ e^{ℓ_μ}, nats.</summary>
    public double[] LogSums { get; } = new double[queries];

    public double[] Participations { get; } = new double[queries];

    public double[] LargestWeights { get; } = new double[queries];

    public int[] LargestIndices { get; } = new int[queries];

    /// <summary>Takes over what a batch left on the device.</summary>
    /// <param name="queue">Queue.</param>
    /// <param name="data">The training set.</param>
    /// <param name="state">[4][stride], see <see cref="ScoreWorkspace.State"/>.</param>
    /// <param name="largest">[stride].</param>
    /// <param name="first">First query.</param>
    /// <param name="stride">Queries of the batch.</param>
    /// <exception cref="ArithmeticException">One of the numbers is not finite.</exception>
    public void Read(IDeviceQueue queue, TrainingSetDevice data, DeviceArray<float> state, DeviceArray<int> largest, int first, int stride)
    {
        var numbers = new float[3 * stride];
        var places = new int[stride];
        state.Read(queue, numbers);
        largest.Read(queue, places);
        for (int lane = 0; lane < stride && first + lane < queries; lane++)
        {
            double sum = numbers[stride + lane];
            int q = first + lane;
            LogSums[q] = Math.Log(2) * (numbers[lane] + Math.Log2(sum));
            Participations[q] = numbers[2 * stride + lane] / (sum * sum);
            LargestWeights[q] = 1 / sum;
            if (places[lane] < 0 || !double.IsFinite(LogSums[q]) || !double.IsFinite(Participations[q]))
                throw new ArithmeticException("a weight of the empirical score left the finite numbers");
            LargestIndices[q] = data.IndexOf(places[lane]);
        }
    }
}
