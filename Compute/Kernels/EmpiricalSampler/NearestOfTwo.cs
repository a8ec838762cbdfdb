using Sweeps.Compute.Kernels.EmpiricalScore;

namespace Sweeps.Compute.Kernels.EmpiricalSampler;

/// <summary>
/// Settles between the two points that a search in single precision found nearest to a sample, with the points themselves, in double.
/// </summary>
/// <param name="training">The training points.</param>
/// <param name="count">n.</param>
internal sealed class NearestOfTwo(TrainingPoints training, int count)
{
    private readonly float[] point = new float[training.Dimension];

    /// <summary>Index of the nearest point, and the ratio of both distances, see <see cref="IEmpiricalSampler.Nearest"/>.</summary>
    /// <param name="x">Samples.</param>
    /// <param name="q">Which.</param>
    /// <param name="first">Index of one candidate; negative if none was found.</param>
    /// <param name="second">Index of the other.</param>
    /// <exception cref="ArithmeticException">A candidate is missing.</exception>
    public (int Nearest, double Ratio) Settle(SampleBlocks x, int q, int first, int second)
    {
        if (first < 0 || (second < 0 && count > 1)) throw new ArithmeticException("a sample's distances are not finite");
        double one = Distance(x, q, first), other = second < 0 ? double.PositiveInfinity : Distance(x, q, second);
        if (other < one || (other == one && second < first)) (first, one, other) = (second, other, one);
        return (first, other > 0 ? one / other : 1);
    }

    private double Distance(SampleBlocks x, int q, int index)
    {
        training.Row(index, point);
        double sum = 0;
        for (int k = 0; k < point.Length; k++) sum += ((double)x[q, k] - point[k]) * ((double)x[q, k] - point[k]);
        return Math.Sqrt(sum);
    }
}
