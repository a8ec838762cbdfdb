namespace Sweeps.Compute.Random;

/// <summary>
/// Standard normals of a stream, scalar and in double: the definition that <see cref="NormalsSimd"/> is tested against.
/// </summary>
/// <remarks>
/// Normals come in groups of 32 from 8 counters, so that a vector form needs no shuffle. Normal <c>n</c> belongs to group <c>g = n / 32</c>, half
/// <c>h = (n / 16) mod 2</c> and lane <c>l = n mod 16</c>; it is made of words (0, 1) if <c>l</c> is even, (2, 3) if odd, of counter
/// <c>8 g + l / 2</c> by the transform of Box and Muller (1958): radius from the first word, <c>u = (⌊a/2⌋ + ½) 2⁻³¹</c>; from the second an angle
/// in the first quadrant (30 bits) and two signs (bits 31 and 30); cosine for <c>h = 0</c>, sine for <c>h = 1</c>. |normal| ≤ 6.7.
/// </remarks>
public static class NormalsReference
{
    public static double Normal(RandomStream stream, ulong n)
    {
        int lane = (int)(n & 15);
        var (w0, w1, w2, w3) = stream.Words((n >> 5) * 8 + (ulong)(lane >> 1));
        var (a, b) = (lane & 1) == 0 ? (w0, w1) : (w2, w3);
        // The uniform is rounded to single precision as the vector form does: u near 1 would else differ by more than an ulp of the normal.
        float u = MathF.FusedMultiplyAdd((int)(a >> 1), 4.656612873e-10f, 2.328306437e-10f);
        double radius = Math.Sqrt(-2 * Math.Log(u));
        double angle = Math.PI / 4 * (1 + (int)(b << 2) * 4.656612873077393e-10);
        bool sine = (n & 16) != 0;
        double normal = radius * (sine ? Math.Sin(angle) : Math.Cos(angle));
        uint sign = sine ? b << 1 : b;
        return (int)sign < 0 ? -normal : normal;
    }
}
