using Sweeps.Compute.Kernels.EmpiricalScore;

namespace Sweeps.Compute.Kernels.PlantedWeights;

/// <summary>Softmax states of all (time, group of sixteen queries).</summary>
internal sealed unsafe class SoftmaxTable : IDisposable
{
    private readonly AlignedBuffer states;
    private readonly int times;
    private readonly int groups;

    public SoftmaxTable(int times, int groups)
    {
        (this.times, this.groups) = (times, groups);
        states = new((long)times * groups * SoftmaxLanes.Size);
        for (int time = 0; time < times; time++)
            for (int group = 0; group < groups; group++) SoftmaxLanes.Clear(At(time, group));
    }

    public float* At(int time, int group) => states.Pointer + ((long)time * groups + group) * SoftmaxLanes.Size;

    /// <summary>Sums over the first <paramref name="queries"/> queries, in order.</summary>
    /// <exception cref="ArithmeticException">One of them is not finite.</exception>
    public WeightStatistics Statistics(int queries)
    {
        var statistics = new WeightStatistics(times);
        for (int time = 0; time < times; time++)
        {
            for (int q = 0; q < queries; q++)
            {
                float* state = At(time, q / SoftmaxLanes.Width);
                int lane = q % SoftmaxLanes.Width;
                double logSum = SoftmaxLanes.LogSum(state, lane), participation = SoftmaxLanes.Participation(state, lane);
                double largest = SoftmaxLanes.LargestWeight(state, lane);
                if (!double.IsFinite(logSum) || !double.IsFinite(participation) || !double.IsFinite(largest))
                    throw new ArithmeticException("a weight of the empirical score left the finite numbers");
                statistics.Add(time, logSum, participation, largest);
            }
        }
        return statistics;
    }

    public void Dispose() => states.Dispose();
}
