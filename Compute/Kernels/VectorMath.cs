using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sweeps.Compute.Kernels;

/// <summary>
/// Elementary functions on sixteen single-precision lanes, made of + − × ÷ √, fused multiply-add and integer operations only, so that every
/// vector width gives the same bits. Polynomials are minimax fits of our own; the largest errors are stated at each and tested.
/// </summary>
internal static class VectorMath
{
    /// <summary>1.5 · 2²³: adding and taking it away rounds to the nearest integer, and leaves that integer in the low bits of the sum.</summary>
    private const float RoundingShift = 12582912f;

    /// <summary>2^y for y &lt; 126, relative error below 3e-7; 2⁻¹²⁵ for y &lt; −125.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp2(Vector512<float> y)
    {
        // In this order a y that is not a number stays one on x86.
        Vector512<float> clamped = Vector512.MaxNative(Vector512.Create(-125f), y);
        Vector512<float> shifted = clamped + Vector512.Create(RoundingShift);
        Vector512<float> p = Exp2OfFraction(clamped - (shifted - Vector512.Create(RoundingShift)));
        return (p.AsInt32() + (shifted.AsInt32() << 23)).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Exp2OfFraction(Vector512<float> f)
    {
        Vector512<float> p = Vector512.Create(0.00134099997f);
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(0.00967603642f));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(0.0555029735f));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(0.240221068f));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(0.693147242f));
        return Vector512.FusedMultiplyAdd(p, f, Vector512.Create(1f));
    }

    /// <summary>e^{−2|y|}: what tanh, sech² and the class probabilities of y are made of.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ExpOfMinusTwiceAbsolute(Vector512<float> y) =>
        Exp2(Vector512.Abs(y) * Vector512.Create(-2.88539008f));

    /// <summary>tanh y, absolute error below 2e-7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> y)
    {
        Vector512<float> e = ExpOfMinusTwiceAbsolute(y);
        Vector512<float> magnitude = (Vector512<float>.One - e) / (Vector512<float>.One + e);
        Vector512<uint> sign = y.AsUInt32() & Vector512.Create(0x80000000u);
        return (magnitude.AsUInt32() | sign).AsSingle();
    }

    /// <summary>ln u for normal positive u; relative error below 3e-7 (for u near 1 too).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log(Vector512<float> u)
    {
        // u = m 2^e with m in [2/3, 4/3), so that ln u has no cancellation near u = 1.
        Vector512<int> exponent = (u.AsInt32() - Vector512.Create(0x3F2AAAAB)) >> 23;
        Vector512<float> t = (u.AsInt32() - (exponent << 23)).AsSingle() - Vector512<float>.One;
        Vector512<float> e = Vector512.ConvertToSingle(exponent);
        Vector512<float> p = Vector512.Create(0.144347563f);
        p = Vector512.FusedMultiplyAdd(p, t, Vector512.Create(-0.154032409f));
        p = Vector512.FusedMultiplyAdd(p, t, Vector512.Create(0.139035046f));
        p = Vector512.FusedMultiplyAdd(p, t, Vector512.Create(-0.164127827f));
        p = Vector512.FusedMultiplyAdd(p, t, Vector512.Create(0.200177878f));
        p = Vector512.FusedMultiplyAdd(p, t, Vector512.Create(-0.250080287f));
        p = Vector512.FusedMultiplyAdd(p, t, Vector512.Create(0.333330393f));
        p = Vector512.FusedMultiplyAdd(p, t, Vector512.Create(-0.499999315f));
        p = Vector512.FusedMultiplyAdd(p, t, Vector512<float>.One);
        return Vector512.FusedMultiplyAdd(e, Vector512.Create(0.693147182f), p * t);
    }

    /// <summary>Sine and cosine of y in [−π/4, π/4], absolute error below 1.1e-7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<float> Sine, Vector512<float> Cosine) SineCosine(Vector512<float> y)
    {
        Vector512<float> y2 = y * y;
        Vector512<float> s = Vector512.Create(-0.00019504022f);
        s = Vector512.FusedMultiplyAdd(s, y2, Vector512.Create(0.00833203644f));
        s = Vector512.FusedMultiplyAdd(s, y2, Vector512.Create(-0.166666508f));
        s = Vector512.FusedMultiplyAdd(s * y2, y, y);
        Vector512<float> c = Vector512.Create(-0.0013585909f);
        c = Vector512.FusedMultiplyAdd(c, y2, Vector512.Create(0.0416550264f));
        c = Vector512.FusedMultiplyAdd(c, y2, Vector512.Create(-0.499998569f));
        c = Vector512.FusedMultiplyAdd(c, y2, Vector512<float>.One);
        return (s, c);
    }
}
