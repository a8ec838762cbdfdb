using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sweeps.Compute.Kernels.EmpiricalScore;

/// <summary>
/// The running softmax of sixteen queries over the training points seen so far (Milakov and Gimelshein, arXiv 1805.02867): maximum, Σ w and Σ w²,
/// with w relative to the maximum. Exponents are in units of log 2. Lanes never mix.
/// </summary>
internal unsafe struct SoftmaxLanes
{
    public const int Width = 16;

    /// <summary>Floats per state: maximum, sum, sum of squares.</summary>
    public const int Size = 3 * Width;

    /// <summary>A tile whose exponents all lie this far below the maxima adds less than n 2⁻⁴⁰ to the sums, and is passed over.</summary>
    private const float Negligible = -40f;

    public static void Clear(float* state)
    {
        new Span<float>(state, Width).Fill(-1e30f);
        new Span<float>(state + Width, 2 * Width).Clear();
    }

    /// <summary>Takes in a tile of exponents [rows][16] whose maxima are <paramref name="tileMaximum"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(float* state, float* exponents, int rows, Vector512<float> tileMaximum)
    {
        Vector512<float> maximum = Vector512.Load(state);
        if (Vector512.GreaterThanAny(tileMaximum, maximum))
        {
            Vector512<float> larger = Vector512.MaxNative(maximum, tileMaximum);
            Vector512<float> scale = VectorMath.Exp2OfNonPositive(maximum - larger);
            (Vector512.Load(state + Width) * scale).Store(state + Width);
            (Vector512.Load(state + 2 * Width) * scale * scale).Store(state + 2 * Width);
            larger.Store(state);
            maximum = larger;
        }
        else if (!Vector512.GreaterThanAny(tileMaximum, maximum + Vector512.Create(Negligible)))
        {
            return;
        }
        Sum(state, exponents, rows, maximum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sum(float* state, float* exponents, int rows, Vector512<float> maximum)
    {
        Vector512<float> sum = Vector512.Load(state + Width), squares = Vector512.Load(state + 2 * Width);
        for (int i = 0; i < rows; i++, exponents += Width)
        {
            Vector512<float> w = VectorMath.Exp2OfNonPositive(Vector512.Load(exponents) - maximum);
            sum += w;
            squares = Vector512.FusedMultiplyAdd(w, w, squares);
        }
        sum.Store(state + Width);
        squares.Store(state + 2 * Width);
    }

    /// <summary>ln Σ e^ℓ of a lane, nats.</summary>
    public static double LogSum(float* state, int lane) => Math.Log(2) * (state[lane] + Math.Log2(state[lane + Width]));

    /// <summary>Σ w² / (Σ w)².</summary>
    public static double Participation(float* state, int lane) =>
        state[lane + 2 * Width] / ((double)state[lane + Width] * state[lane + Width]);

    /// <summary>The largest weight, 1/Σ w.</summary>
    public static double LargestWeight(float* state, int lane) => 1.0 / state[lane + Width];
}
