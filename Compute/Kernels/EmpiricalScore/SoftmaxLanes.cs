using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sweeps.Compute.Kernels.EmpiricalScore;

/// <summary>
/// The running softmax of sixteen queries over the points seen so far (Milakov and Gimelshein, arXiv 1805.02867). The state holds a reference r, the
/// largest ℓ − r, Σ w and Σ w² with w = 2^(ℓ − r). The reference moves only when an exponent exceeds it by more than 30, so most tiles need one pass.
/// </summary>
/// <remarks>
/// A lane's numbers come from its own query alone; what is shared by the sixteen is when a tile is passed over and when references move, so the bits of
/// a query may depend on its company, never on the vector width or the threads. References are values that an exponent took, so that ℓ − r of the
/// largest is exact whatever its size.
/// </remarks>
internal static unsafe class SoftmaxLanes
{
    public const int Width = 16;

    /// <summary>Floats per state: reference, top, sum, sum of squares, and one vector of flags.</summary>
    public const int Size = 5 * Width;

    private const int Top = Width;
    private const int Total = 2 * Width;
    private const int Squares = 3 * Width;

    /// <summary>Not 0 if the last tile mattered: then the next is tried in one pass.</summary>
    private const int Matters = 4 * Width;

    /// <summary>Not 0 once a tile was taken in.</summary>
    private const int HasBegun = 4 * Width + 1;

    /// <summary>A tile whose exponents all lie this far below the largest adds less than n 2⁻⁴⁰ to the sums, and is passed over.</summary>
    private const float Negligible = -40f;

    /// <summary>Exponents may exceed the reference by this much: n weights of 2³⁰, squared, stay far from overflow.</summary>
    private const float LargestExcess = 30f;

    public static void Clear(float* state)
    {
        new Span<float>(state, Size).Clear();
        new Span<float>(state + Top, Width).Fill(float.NegativeInfinity);
    }

    /// <summary>Takes in the exponents of a tile.</summary>
    /// <param name="state">The sixteen lanes.</param>
    /// <param name="exponents">Their exponents.</param>
    /// <param name="rows">Points of the tile.</param>
    /// <param name="tile">What was taken in.</param>
    /// <returns>False if the tile was negligible and nothing changed.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Add<TExponents>(float* state, ref TExponents exponents, int rows, out SoftmaxTile tile)
        where TExponents : struct, IExponents
    {
        Vector512<float> reference = Vector512.Load(state), top = Vector512.Load(state + Top), scale = Vector512<float>.One;
        bool rescaled = false;
        Vector512<float> sum, squares, tileTop;
        if (state[Matters] == 0 || !Weights(ref exponents, rows, reference, out tileTop, out sum, out squares))
        {
            Vector512<float> largest = Largest(ref exponents, rows);
            tileTop = largest - reference;
            if (!Vector512.GreaterThanAny(tileTop, top + Vector512.Create(Negligible)))
            {
                tile = default;
                return false;
            }
            bool isFirst = state[HasBegun] == 0;
            if (isFirst || Vector512.GreaterThanAny(tileTop, Vector512.Create(LargestExcess)))
            {
                // On the first tile the sums are still 0 and any finite scale will do.
                Vector512<float> moved = isFirst ? largest : Vector512.MaxNative(largest, reference);
                Vector512<float> by = reference - moved;
                scale = isFirst ? Vector512<float>.Zero : VectorMath.Exp2(by);
                top = isFirst ? top : top + by;
                reference = moved;
                rescaled = true;
            }
            if (!Weights(ref exponents, rows, reference, out tileTop, out sum, out squares)) ThrowOverflow();
        }
        tile = new(sum, tileTop, top, scale, reference, rescaled);
        Vector512<float> newTop = Vector512.MaxNative(tileTop, top);
        reference.Store(state);
        newTop.Store(state + Top);
        Vector512.FusedMultiplyAdd(Vector512.Load(state + Total), scale, sum).Store(state + Total);
        Vector512.FusedMultiplyAdd(Vector512.Load(state + Squares), scale * scale, squares).Store(state + Squares);
        state[HasBegun] = 1;
        state[Matters] = Vector512.GreaterThanAny(tileTop, newTop + Vector512.Create(Negligible)) ? 1 : 0;
        return true;
    }

    /// <summary>log Σ e^ℓ of a lane, nats.</summary>
    public static double LogSum(float* state, int lane) => Math.Log(2) * (state[lane] + Math.Log2(state[lane + Total]));

    /// <summary>Σ w of all lanes, relative to their references.</summary>
    public static Vector512<float> Sums(float* state) => Vector512.Load(state + Total);

    /// <summary>Σ w² / (Σ w)².</summary>
    public static double Participation(float* state, int lane) => state[lane + Squares] / ((double)state[lane + Total] * state[lane + Total]);

    /// <summary>The largest weight.</summary>
    public static double LargestWeight(float* state, int lane) => Math.Pow(2, state[lane + Top]) / state[lane + Total];

    [DoesNotReturn]
    private static void ThrowOverflow() => throw new ArithmeticException("An exponent of the empirical score exceeds its own maximum.");

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector512<float> Largest<TExponents>(ref TExponents exponents, int rows)
        where TExponents : struct, IExponents
    {
        TExponents local = exponents;
        Vector512<float> largest = Vector512.Create(float.NegativeInfinity);
        for (int i = 0; i < rows; i++) largest = Vector512.MaxNative(largest, local.At(i));
        return largest;
    }

    /// <summary>False if an exponent is too far above the reference for the weights to be of use.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Weights<TExponents>(
        ref TExponents exponents, int rows, Vector512<float> reference,
        out Vector512<float> largest, out Vector512<float> sum, out Vector512<float> squares)
        where TExponents : struct, IExponents
    {
        TExponents local = exponents;
        Vector512<float> top = Vector512.Create(float.NegativeInfinity), s = Vector512<float>.Zero, s2 = s;
        for (int i = 0; i < rows; i++)
        {
            Vector512<float> exponent = local.At(i) - reference;
            top = Vector512.MaxNative(top, exponent);
            Vector512<float> w = VectorMath.Exp2(exponent);
            local.Take(i, w);
            s += w;
            s2 = Vector512.FusedMultiplyAdd(w, w, s2);
        }
        (largest, sum, squares) = (top, s, s2);
        return !Vector512.GreaterThanAny(top, Vector512.Create(LargestExcess));
    }
}
