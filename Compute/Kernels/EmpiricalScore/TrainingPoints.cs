using Sweeps.Compute.Models;
using Sweeps.Compute.Random;

namespace Sweeps.Compute.Kernels.EmpiricalScore;

/// <summary>
/// Training points of the mixture, made from their stream whenever they are wanted: nothing is stored, so any n fits. Point μ is ±m + σ ξ; its class
/// is the top bit of word μ of the class stream, its normals begin at a group of their own.
/// </summary>
/// <remarks>Coordinates: pairs first, then single ones, as the blocks say; for U = I the frame is turned so that m lies along the first.</remarks>
internal sealed class TrainingPoints
{
    private readonly RandomStream classes;
    private readonly RandomStream normals;
    private readonly float[] mode;
    private readonly float sigma;
    private readonly ulong groupsPerPoint;

    public TrainingPoints(float[] mode, double sigma, RandomStream stream, uint replica)
    {
        this.mode = mode;
        this.sigma = (float)sigma;
        normals = stream.At(replica, 0);
        classes = stream.At(replica, 1);
        groupsPerPoint = (ulong)((mode.Length + NormalsSimd.GroupSize - 1) / NormalsSimd.GroupSize);
    }

    public int Dimension => mode.Length;

    /// <summary>σ as it multiplies the normals.</summary>
    public float Sigma => sigma;

    /// <summary>The stream of the normals.</summary>
    public RandomStream Normals => normals;

    /// <summary>The stream of the classes.</summary>
    public RandomStream ClassBits => classes;

    /// <summary>m in the order of the rows.</summary>
    public ReadOnlySpan<float> ModeVector => mode;

    /// <summary>The mode's components in the order of the rows.</summary>
    public static float[] Mode(GaussianMixture mixture, MixtureBlocks blocks)
    {
        var mode = new float[mixture.Dimension];
        if (mixture.IsIsotropic)
        {
            mode[0] = (float)mixture.ModeNorm;
            return mode;
        }
        int i = 0;
        foreach (CoordinateBlock block in blocks.Pairs)
        {
            mode[i++] = (float)block.FirstMode;
            mode[i++] = (float)block.SecondMode;
        }
        foreach (CoordinateBlock block in blocks.Singles) mode[i++] = (float)block.FirstMode;
        return mode;
    }

    /// <summary>The class of training point <paramref name="index"/>, +1 or −1.</summary>
    public float Class(long index) => (classes.Word((ulong)index) & 0x80000000u) == 0 ? 1f : -1f;

    /// <summary>Whether training points <paramref name="first"/> and on are of class −; four by each draw, where <see cref="Class"/> makes one.</summary>
    public void AreMinus(long first, Span<bool> minus)
    {
        for (int i = 0; i < minus.Length;)
        {
            var (w0, w1, w2, w3) = classes.Words((ulong)(first + i) >> 2);
            ReadOnlySpan<uint> words = [w0, w1, w2, w3];
            for (int word = (int)(first + i) & 3; word < 4 && i < minus.Length; word++, i++) minus[i] = (words[word] & 0x80000000u) != 0;
        }
    }

    /// <summary>An index uniform among n from counter <paramref name="counter"/> of a stream.</summary>
    public static long Draw(RandomStream indices, ulong counter, long trainingPoints)
    {
        var (high, low, _, _) = indices.Words(counter);
        return (long)Math.BigMul(((ulong)high << 32) | low, (ulong)trainingPoints, out _);
    }

    /// <summary>Writes training point <paramref name="index"/> less the mean of its mode, σ ξ: exact however far the modes are.</summary>
    public void Centred(long index, Span<float> centred)
    {
        NormalsSimd.Fill(normals, (ulong)index * groupsPerPoint, centred);
        // Normals of σ = 1 are the points themselves.
        if (sigma == 1) return;
        for (int i = 0; i < centred.Length; i++) centred[i] *= sigma;
    }

    /// <summary>Writes training point <paramref name="index"/>.</summary>
    public void Row(long index, Span<float> row)
    {
        Centred(index, row);
        float sign = Class(index);
        for (int i = 0; i < row.Length; i++) row[i] = MathF.FusedMultiplyAdd(sign, mode[i], row[i]);
    }
}
