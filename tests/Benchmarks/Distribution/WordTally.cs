using System.Numerics;
using System.Runtime.Intrinsics;
using Sweeps.Compute.Random;

namespace Sweeps.Benchmarks.Distribution;

/// <summary>What the 32-bit words under one slice of the draws add up to: a word per normal, in the order of the groups.</summary>
internal sealed unsafe class WordTally
{
    public const int Bits = 32;
    public const int BytePairs = 1 << 16;

    /// <summary>Ranks 32, 31, 30, and all below.</summary>
    public const int RankClasses = 4;

    private readonly uint[] words = new uint[DrawTally.Chunk];

    public long Count { get; private set; }

    /// <summary>Words in which each bit is set.</summary>
    public long[] Ones { get; } = new long[Bits];

    /// <summary>Pairs of neighbouring words by their top bytes, and by their lowest.</summary>
    public uint[] TopBytes { get; } = new uint[BytePairs];

    public uint[] LowestBytes { get; } = new uint[BytePairs];

    /// <summary>Binary 32 × 32 matrices, a group of words each, by rank.</summary>
    public long[] Ranks { get; } = new long[RankClasses];

    public void Add(RandomStream stream, ulong group)
    {
        const int Groups = DrawTally.Chunk / NormalsSimd.GroupSize;
        fixed (uint* w = words)
        {
            // Eight counters make a group.
            NormalsSimd.Words(stream, group * 8, w, Groups);
            for (int bit = 0; bit < Bits; bit++) Ones[bit] += CountOnes(w, bit);
            for (int i = 0; i < DrawTally.Chunk; i += 2)
            {
                TopBytes[w[i] >> 24 << 8 | w[i + 1] >> 24]++;
                LowestBytes[(w[i] & 0xFF) << 8 | w[i + 1] & 0xFF]++;
            }
            for (int i = 0; i < Groups; i++) Ranks[Math.Min(Bits - Rank(w + i * Bits), RankClasses - 1)]++;
        }
        Count += DrawTally.Chunk;
    }

    public void Add(WordTally other)
    {
        Count += other.Count;
        for (int i = 0; i < Bits; i++) Ones[i] += other.Ones[i];
        for (int i = 0; i < RankClasses; i++) Ranks[i] += other.Ranks[i];
        for (int i = 0; i < BytePairs; i++)
        {
            TopBytes[i] += other.TopBytes[i];
            LowestBytes[i] += other.LowestBytes[i];
        }
    }

    /// <summary>Probability that a random binary 32 × 32 matrix has rank 32 − <paramref name="defect"/>.</summary>
    public static double RankProbability(int defect)
    {
        int r = Bits - defect;
        double p = Math.Pow(2, -(double)defect * defect);
        for (int i = 0; i < r; i++)
        {
            double factor = 1 - Math.Pow(2, i - Bits);
            p *= factor * factor / (1 - Math.Pow(2, i - r));
        }
        return p;
    }

    private static long CountOnes(uint* w, int bit)
    {
        Vector512<uint> sum = default;
        for (int i = 0; i < DrawTally.Chunk; i += 16) sum += (Vector512.Load(w + i) >>> bit) & Vector512.Create(1u);
        return Vector512.Sum(sum);
    }

    /// <summary>Gaussian elimination over two elements; destroys the rows.</summary>
    private static int Rank(uint* rows)
    {
        int rank = 0;
        for (int i = 0; i < Bits; i++)
        {
            uint row = rows[i];
            if (row == 0) continue;
            rank++;
            int pivot = BitOperations.TrailingZeroCount(row);
            for (int j = i + 1; j < Bits; j++) rows[j] ^= row & (0 - (rows[j] >> pivot & 1));
        }
        return rank;
    }
}
