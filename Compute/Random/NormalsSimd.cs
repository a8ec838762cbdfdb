using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Sweeps.Compute.Kernels;

namespace Sweeps.Compute.Random;

/// <summary>
/// Standard normals of a stream in single precision, sixteen lanes at a time; within 1e-6 of <see cref="NormalsReference"/>, the same bits on every
/// vector width.
/// </summary>
internal static unsafe class NormalsSimd
{
    /// <summary>Normals come in groups of this many (see <see cref="NormalsReference"/>).</summary>
    public const int GroupSize = 32;

    private const int BufferGroups = 64;
    private static readonly Vector512<ulong> LowWord = Vector512.Create(0xFFFFFFFFul);

    /// <summary>Writes normals <c>32 firstGroup … 32 (firstGroup + groups) − 1</c> of the stream.</summary>
    public static void Fill(RandomStream stream, ulong firstGroup, Span<float> normals)
    {
        fixed (float* destination = normals) FillGroups(stream, firstGroup, destination, normals.Length / GroupSize);
        int rest = normals.Length % GroupSize;
        if (rest == 0) return;
        float* tail = stackalloc float[GroupSize];
        int whole = normals.Length - rest;
        FillGroups(stream, firstGroup + (ulong)(whole / GroupSize), tail, 1);
        new ReadOnlySpan<float>(tail, rest).CopyTo(normals[whole..]);
    }

    /// <summary>Whole groups; words and transform in loops of their own, over a buffer that stays in the nearest cache.</summary>
    [SkipLocalsInit]
    public static void FillGroups(RandomStream stream, ulong firstGroup, float* destination, long groups)
    {
        uint* words = stackalloc uint[BufferGroups * GroupSize];
        for (long done = 0; done < groups; done += BufferGroups)
        {
            int count = (int)Math.Min(BufferGroups, groups - done);
            Words(stream, (firstGroup + (ulong)done) * 8, words, count);
            Transform(words, destination + done * GroupSize, count);
        }
    }

    /// <summary>For each group sixteen first words, then sixteen second words. Two groups in flight hide the latency of the multiplications.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Words(RandomStream stream, ulong counter, uint* words, int groups)
    {
        Vector512<ulong> lanes = Vector512.Create(counter) + Vector512.Create(0ul, 1, 2, 3, 4, 5, 6, 7);
        Vector512<ulong> upper0 = Vector512.Create((ulong)stream.Upper0);
        Vector512<ulong> upper1 = Vector512.Create((ulong)stream.Upper1);
        Vector512<ulong> m0 = Vector512.Create((ulong)Philox4x32.Multiplier0);
        Vector512<ulong> m1 = Vector512.Create((ulong)Philox4x32.Multiplier1);
        int group = 0;
        for (; group + 1 < groups; group += 2)
        {
            Vector512<ulong> a0 = lanes, a1 = lanes >>> 32, a2 = upper0, a3 = upper1;
            lanes += Vector512.Create(8ul);
            Vector512<ulong> b0 = lanes, b1 = lanes >>> 32, b2 = upper0, b3 = upper1;
            lanes += Vector512.Create(8ul);
            uint k0 = stream.Key0, k1 = stream.Key1;
            for (int round = 0; round < Philox4x32.Rounds; round++)
            {
                Vector512<ulong> key0 = Vector512.Create((ulong)k0), key1 = Vector512.Create((ulong)k1);
                Round(ref a0, ref a1, ref a2, ref a3, key0, key1, m0, m1);
                Round(ref b0, ref b1, ref b2, ref b3, key0, key1, m0, m1);
                k0 += Philox4x32.Weyl0;
                k1 += Philox4x32.Weyl1;
            }
            Store(a0, a1, a2, a3, words + group * GroupSize);
            Store(b0, b1, b2, b3, words + (group + 1) * GroupSize);
        }
        if (group < groups)
        {
            Vector512<ulong> a0 = lanes, a1 = lanes >>> 32, a2 = upper0, a3 = upper1;
            uint k0 = stream.Key0, k1 = stream.Key1;
            for (int round = 0; round < Philox4x32.Rounds; round++)
            {
                Round(ref a0, ref a1, ref a2, ref a3, Vector512.Create((ulong)k0), Vector512.Create((ulong)k1), m0, m1);
                k0 += Philox4x32.Weyl0;
                k1 += Philox4x32.Weyl1;
            }
            Store(a0, a1, a2, a3, words + group * GroupSize);
        }
    }

    /// <summary>Box–Muller; cosine and sine of π/4 + y by those of y, whose common factor 1/√2 cancels the √2 of the radius.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Transform(uint* words, float* normals, int groups)
    {
        Vector512<uint> signBit = Vector512.Create(0x80000000u);
        for (int i = 0; i < groups * GroupSize; i += GroupSize)
        {
            Vector512<uint> a = Vector512.Load(words + i);
            Vector512<uint> b = Vector512.Load(words + i + 16);
            Vector512<float> u = Vector512.FusedMultiplyAdd(
                Vector512.ConvertToSingle((a >>> 1).AsInt32()), Vector512.Create(4.656612873e-10f), Vector512.Create(2.328306437e-10f));
            // ln u ≤ 0 for u ≤ 1; the absolute value also makes −0 a plain 0.
            Vector512<float> radius = Vector512.Sqrt(Vector512.Abs(VectorMath.Log(u)));
            Vector512<float> y = Vector512.ConvertToSingle((b << 2).AsInt32()) * Vector512.Create(3.65729518e-10f);
            var (sine, cosine) = VectorMath.SineCosine(y);
            Vector512<float> first = radius * (cosine - sine);
            Vector512<float> second = radius * (cosine + sine);
            (first.AsUInt32() ^ (b & signBit)).AsSingle().Store(normals + i);
            (second.AsUInt32() ^ ((b << 1) & signBit)).AsSingle().Store(normals + i + 16);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(
        ref Vector512<ulong> c0, ref Vector512<ulong> c1, ref Vector512<ulong> c2, ref Vector512<ulong> c3,
        Vector512<ulong> key0, Vector512<ulong> key1, Vector512<ulong> m0, Vector512<ulong> m1)
    {
        // Only the low 32 bits of each lane mean anything; the product reads no others.
        Vector512<ulong> p0 = MultiplyLowWords(c0, m0);
        Vector512<ulong> p1 = MultiplyLowWords(c2, m1);
        c0 = (p1 >>> 32) ^ c1 ^ key0;
        c2 = (p0 >>> 32) ^ c3 ^ key1;
        c1 = p1;
        c3 = p0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> MultiplyLowWords(Vector512<ulong> a, Vector512<ulong> b)
    {
        if (Avx512F.IsSupported) return Avx512F.Multiply(a.AsUInt32(), b.AsUInt32());
        if (Avx2.IsSupported)
            return Vector512.Create(
                Avx2.Multiply(a.GetLower().AsUInt32(), b.GetLower().AsUInt32()),
                Avx2.Multiply(a.GetUpper().AsUInt32(), b.GetUpper().AsUInt32()));
        return (a & LowWord) * (b & LowWord);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<ulong> w0, Vector512<ulong> w1, Vector512<ulong> w2, Vector512<ulong> w3, uint* words)
    {
        ((w0 & Vector512.Create(0xFFFFFFFFul)) | (w2 << 32)).AsUInt32().Store(words);
        ((w1 & Vector512.Create(0xFFFFFFFFul)) | (w3 << 32)).AsUInt32().Store(words + 16);
    }
}
