using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Sweeps.Compute.Models;
using Sweeps.Compute.Random;

namespace Sweeps.Compute.Kernels.ReverseSampler;

/// <summary>
/// The reverse process (physics §2) for a block of 64 samples at a time in single precision: state [coordinate][64], samples as vector lanes, so
/// that no sum crosses lanes and every vector width gives the same bits. Normals are made in tiles that stay in the nearest cache.
/// </summary>
internal static unsafe class ReverseSamplerSimd
{
    /// <summary>Samples of a block. Part of the definition of every trajectory; never changed.</summary>
    public const int Lanes = 64;

    private const int Width = 16;
    private const ulong GroupsPerCoordinate = Lanes / NormalsSimd.GroupSize;

    /// <summary>Coordinates (or, for one coordinate, steps) whose normals are made at once; also the length of the inner sums of y.</summary>
    private const int Tile = 32;

    /// <summary>Draws x_T of the block from the exact P_T: the class, then N(±m_T, C_T).</summary>
    [SkipLocalsInit]
    public static void Draw(ReverseCoefficients coefficients, double sigma, RandomStream classes, RandomStream normals, float* x)
    {
        float* sign = stackalloc float[Lanes];
        for (int lane = 0; lane < Lanes; lane++) sign[lane] = (classes.Word((ulong)lane) & 0x80000000u) == 0 ? 1f : -1f;
        NormalsSimd.FillGroups(normals, 0, x, (long)GroupsPerCoordinate * coefficients.Coordinates);
        double horizon = coefficients.Times[^1];
        foreach (CoordinateBlock block in coefficients.Pairs)
        {
            var moments = new BlockMoments(block, sigma, horizon);
            Matrix2 root = moments.Covariance.SymmetricSquareRoot();
            float a = (float)root.A11, b = (float)root.A12, c = (float)root.A22;
            float m1 = (float)moments.Mean.First, m2 = (float)moments.Mean.Second;
            for (int lane = 0; lane < Lanes; lane++)
            {
                float z1 = x[lane], z2 = x[lane + Lanes];
                x[lane] = MathF.FusedMultiplyAdd(a, z1, MathF.FusedMultiplyAdd(b, z2, sign[lane] * m1));
                x[lane + Lanes] = MathF.FusedMultiplyAdd(b, z1, MathF.FusedMultiplyAdd(c, z2, sign[lane] * m2));
            }
            x += 2 * Lanes;
        }
        foreach (CoordinateBlock block in coefficients.Singles)
        {
            var moments = new BlockMoments(block, sigma, horizon);
            float root = (float)Math.Sqrt(moments.Covariance.A11), mean = (float)moments.Mean.First;
            for (int lane = 0; lane < Lanes; lane++) x[lane] = MathF.FusedMultiplyAdd(root, x[lane], sign[lane] * mean);
            x += Lanes;
        }
    }

    /// <summary>Takes the block from grid index <paramref name="from"/> to <paramref name="to"/>; see the reference for the parameters.</summary>
    /// <param name="coefficients">Grid and blocks.</param>
    /// <param name="x">State [coordinate][64].</param>
    /// <param name="start">Grid index where the run began.</param>
    /// <param name="from">Grid index of x.</param>
    /// <param name="to">Grid index to reach.</param>
    /// <param name="stream">Stream of the run and replica.</param>
    /// <param name="commitment">Follows zeros of y where given; it sees every grid index in (to, from].</param>
    public static void Advance(
        ReverseCoefficients coefficients, float* x, int start, int from, int to, RandomStream stream, CommitmentTracker? commitment)
    {
        if (coefficients is { Pairs.Length: 0, Singles.Length: 1 })
            AdvanceOne(coefficients, x, start, from, to, stream, commitment);
        else
            AdvanceMany(coefficients, x, start, from, to, stream, commitment);
    }

    /// <summary>y = m_tᵀ C_t⁻¹ x of every lane at grid index k.</summary>
    public static void Project(ReverseCoefficients coefficients, float* x, int k, float* y)
    {
        fixed (float* c = coefficients.At(k))
        {
            for (int v = 0; v < Lanes; v += Width) Projection(coefficients, c, x + v).Store(y + v);
        }
    }

    /// <summary>Sums in tiles of the same length as the steps make, so that both give the same y.</summary>
    private static Vector512<float> Projection(ReverseCoefficients coefficients, float* c, float* x)
    {
        Vector512<float> y = Vector512<float>.Zero, tile = Vector512<float>.Zero;
        int count = coefficients.Coordinates, paired = 2 * coefficients.Pairs.Length;
        for (int i = 0; i < count; i++, x += Lanes)
        {
            if (i % Tile == 0) (y, tile) = (y + tile, Vector512<float>.Zero);
            float u = i < paired
                ? c[i / 2 * ReverseCoefficients.PairStride + 4 + i % 2]
                : c[paired / 2 * ReverseCoefficients.PairStride + (i - paired) * ReverseCoefficients.SingleStride + 1];
            tile = Vector512.FusedMultiplyAdd(Vector512.Create(u), Vector512.Load(x), tile);
        }
        return y + tile;
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AdvanceOne(
        ReverseCoefficients coefficients, float* x, int start, int from, int to, RandomStream stream, CommitmentTracker? commitment)
    {
        float* normals = stackalloc float[Tile * Lanes];
        float* y = stackalloc float[Lanes];
        Vector512<float> x0 = Vector512.Load(x), x1 = Vector512.Load(x + 16), x2 = Vector512.Load(x + 32), x3 = Vector512.Load(x + 48);
        for (int k = from; k > to;)
        {
            int steps = Math.Min(Tile, k - to);
            NormalsSimd.FillGroups(stream, (ulong)(start - k) * GroupsPerCoordinate, normals, steps * (long)GroupsPerCoordinate);
            float* z = normals;
            for (int end = k - steps; k > end; k--, z += Lanes)
            {
                ReadOnlySpan<float> row = coefficients.At(k);
                Vector512<float> m = Vector512.Create(row[0]), u = Vector512.Create(row[1]);
                Vector512<float> push = Vector512.Create(row[1] * coefficients.TwiceStep[k]), noise = Vector512.Create(coefficients.Noise[k]);
                Vector512<float> y0 = u * x0, y1 = u * x1, y2 = u * x2, y3 = u * x3;
                if (commitment is not null)
                {
                    y0.Store(y);
                    y1.Store(y + 16);
                    y2.Store(y + 32);
                    y3.Store(y + 48);
                    commitment.Observe(k, y);
                }
                x0 = StepOne(m, x0, push, y0, noise, z);
                x1 = StepOne(m, x1, push, y1, noise, z + 16);
                x2 = StepOne(m, x2, push, y2, noise, z + 32);
                x3 = StepOne(m, x3, push, y3, noise, z + 48);
            }
        }
        x0.Store(x);
        x1.Store(x + 16);
        x2.Store(x + 32);
        x3.Store(x + 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> StepOne(
        Vector512<float> m, Vector512<float> x, Vector512<float> push, Vector512<float> y, Vector512<float> noise, float* z) =>
        Vector512.FusedMultiplyAdd(m, x, Vector512.FusedMultiplyAdd(push, VectorMath.Tanh(y), noise * Vector512.Load(z)));

    [SkipLocalsInit]
    private static void AdvanceMany(
        ReverseCoefficients coefficients, float* x, int start, int from, int to, RandomStream stream, CommitmentTracker? commitment)
    {
        int coordinates = coefficients.Coordinates, paired = 2 * coefficients.Pairs.Length;
        float* normals = stackalloc float[Tile * Lanes];
        float* y = stackalloc float[Lanes];
        float* push = stackalloc float[Lanes];
        float* tile = stackalloc float[Lanes];
        Project(coefficients, x, from, y);
        for (int k = from; k > to; k--)
        {
            commitment?.Observe(k, y);
            Vector512<float> twice = Vector512.Create(coefficients.TwiceStep[k]);
            for (int v = 0; v < Lanes; v += Width)
            {
                (twice * VectorMath.Tanh(Vector512.Load(y + v))).Store(push + v);
                Vector512<float>.Zero.Store(y + v);
            }
            fixed (float* now = coefficients.At(k), next = coefficients.At(k - 1))
            {
                float noise = coefficients.Noise[k];
                for (int first = 0; first < coordinates; first += Tile)
                {
                    int count = Math.Min(Tile, coordinates - first);
                    ulong group = ((ulong)(start - k) * (ulong)coordinates + (ulong)first) * GroupsPerCoordinate;
                    NormalsSimd.FillGroups(stream, group, normals, count * (long)GroupsPerCoordinate);
                    for (int v = 0; v < Lanes; v += Width) Vector512<float>.Zero.Store(tile + v);
                    int pairsHere = Math.Clamp(paired - first, 0, count) / 2;
                    int pairOffset = first / 2 * ReverseCoefficients.PairStride;
                    StepPairs(now + pairOffset, next + pairOffset, x + (long)first * Lanes, normals, push, tile, noise, pairsHere);
                    int single = first + 2 * pairsHere;
                    int offset = paired / 2 * ReverseCoefficients.PairStride + (single - paired) * ReverseCoefficients.SingleStride;
                    if (2 * pairsHere < count)
                        StepSingles(
                            now + offset, next + offset, x + (long)single * Lanes, normals + 2 * pairsHere * Lanes, push, tile, noise,
                            count - 2 * pairsHere);
                    for (int v = 0; v < Lanes; v += Width) (Vector512.Load(y + v) + Vector512.Load(tile + v)).Store(y + v);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StepSingles(float* now, float* next, float* x, float* z, float* push, float* y, float noise, int count)
    {
        Vector512<float> p0 = Vector512.Load(push), p1 = Vector512.Load(push + 16), p2 = Vector512.Load(push + 32), p3 = Vector512.Load(push + 48);
        Vector512<float> y0 = Vector512.Load(y), y1 = Vector512.Load(y + 16), y2 = Vector512.Load(y + 32), y3 = Vector512.Load(y + 48);
        Vector512<float> s = Vector512.Create(noise);
        for (int i = 0; i < count; i++)
        {
            Vector512<float> m = Vector512.Create(now[0]), u = Vector512.Create(now[1]), w = Vector512.Create(next[1]);
            Vector512<float> a = Vector512.FusedMultiplyAdd(m, Vector512.Load(x), Vector512.FusedMultiplyAdd(u, p0, s * Vector512.Load(z)));
            Vector512<float> b = Vector512.FusedMultiplyAdd(m, Vector512.Load(x + 16), Vector512.FusedMultiplyAdd(u, p1, s * Vector512.Load(z + 16)));
            Vector512<float> c = Vector512.FusedMultiplyAdd(m, Vector512.Load(x + 32), Vector512.FusedMultiplyAdd(u, p2, s * Vector512.Load(z + 32)));
            Vector512<float> d = Vector512.FusedMultiplyAdd(m, Vector512.Load(x + 48), Vector512.FusedMultiplyAdd(u, p3, s * Vector512.Load(z + 48)));
            a.Store(x);
            b.Store(x + 16);
            c.Store(x + 32);
            d.Store(x + 48);
            y0 = Vector512.FusedMultiplyAdd(w, a, y0);
            y1 = Vector512.FusedMultiplyAdd(w, b, y1);
            y2 = Vector512.FusedMultiplyAdd(w, c, y2);
            y3 = Vector512.FusedMultiplyAdd(w, d, y3);
            x += Lanes;
            z += Lanes;
            now += ReverseCoefficients.SingleStride;
            next += ReverseCoefficients.SingleStride;
        }
        y0.Store(y);
        y1.Store(y + 16);
        y2.Store(y + 32);
        y3.Store(y + 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StepPairs(float* now, float* next, float* x, float* z, float* push, float* y, float noise, int count)
    {
        Vector512<float> s = Vector512.Create(noise);
        for (int i = 0; i < count; i++)
        {
            Vector512<float> m11 = Vector512.Create(now[0]), m12 = Vector512.Create(now[1]), u1 = Vector512.Create(now[4]);
            Vector512<float> m21 = Vector512.Create(now[2]), m22 = Vector512.Create(now[3]), u2 = Vector512.Create(now[5]);
            Vector512<float> w1 = Vector512.Create(next[4]), w2 = Vector512.Create(next[5]);
            for (int v = 0; v < Lanes; v += Width)
            {
                Vector512<float> p = Vector512.Load(push + v), a = Vector512.Load(x + v), b = Vector512.Load(x + Lanes + v);
                Vector512<float> first = Vector512.FusedMultiplyAdd(u1, p, s * Vector512.Load(z + v));
                Vector512<float> second = Vector512.FusedMultiplyAdd(u2, p, s * Vector512.Load(z + Lanes + v));
                first = Vector512.FusedMultiplyAdd(m11, a, Vector512.FusedMultiplyAdd(m12, b, first));
                second = Vector512.FusedMultiplyAdd(m21, a, Vector512.FusedMultiplyAdd(m22, b, second));
                first.Store(x + v);
                second.Store(x + Lanes + v);
                Vector512<float> sum = Vector512.FusedMultiplyAdd(w1, first, Vector512.Load(y + v));
                Vector512.FusedMultiplyAdd(w2, second, sum).Store(y + v);
            }
            x += 2 * Lanes;
            z += 2 * Lanes;
            now += ReverseCoefficients.PairStride;
            next += ReverseCoefficients.PairStride;
        }
    }
}
