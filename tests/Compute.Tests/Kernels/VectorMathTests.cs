using System.Runtime.Intrinsics;
using Sweeps.Compute.Kernels;

namespace Sweeps.Compute.Tests.Kernels;

/// <summary>The errors that VectorMath states, over dense grids, against double.</summary>
public class VectorMathTests
{
    [Fact]
    public void Exp2_keeps_its_relative_error_from_minus_125_to_126() =>
        AssertWorst(3e-7, Range(-125, 125.99999f, 3_000_000), VectorMath.Exp2, (y, value) => value / Math.Pow(2, y) - 1);

    [Fact]
    public void Exp2_is_1_at_0_and_the_smallest_it_gives_below_minus_125()
    {
        Assert.Equal(1f, VectorMath.Exp2(Vector512<float>.Zero)[0]);
        foreach (float y in new[] { -125f, -125.1f, -200, -1e10f, float.MinValue, float.NegativeInfinity })
            Assert.Equal(MathF.ScaleB(1, -125), VectorMath.Exp2(Vector512.Create(y))[0]);
    }

    /// <summary>Quiet ones, as arithmetic makes them; the other lanes do not notice.</summary>
    [Fact]
    public void Exp2_of_what_is_not_a_number_is_not_a_number()
    {
        float infinity = float.PositiveInfinity;
        foreach (float y in new[] { float.NaN, -float.NaN, infinity - infinity, 0 * infinity, MathF.Sqrt(-1) })
        {
            for (int lane = 0; lane < 16; lane++)
            {
                Vector512<float> values = VectorMath.Exp2(Vector512.Create(3f).WithElement(lane, y));
                for (int i = 0; i < 16; i++) Assert.Equal(i == lane ? float.NaN : 8, values[i]);
            }
        }
    }

    /// <summary>Above 126 nothing is promised, but an infinity must not come out as a weight.</summary>
    [Fact]
    public void Exp2_of_infinity_is_not_finite() =>
        Assert.False(float.IsFinite(VectorMath.Exp2(Vector512.Create(float.PositiveInfinity))[0]));

    [Fact]
    public void Exp2_falls_to_its_smallest_and_stays_there()
    {
        float smallest = MathF.ScaleB(1, -125), y = -124;
        for (float last = float.MaxValue; y > -126; y -= 1 / 1024f)
        {
            float value = VectorMath.Exp2(Vector512.Create(y))[0];
            Assert.InRange(value, smallest, last);
            if (y <= -125) Assert.Equal(smallest, value);
            last = value;
        }
    }

    [Fact]
    public void Exp2_is_exact_at_integers()
    {
        for (int y = -125; y <= 125; y++) Assert.Equal(MathF.ScaleB(1, y), VectorMath.Exp2(Vector512.Create((float)y))[0]);
    }

    [Fact]
    public void Tanh_keeps_its_absolute_error_and_is_odd()
    {
        AssertWorst(2e-7, Range(-12, 12, 3_000_000), VectorMath.Tanh, (y, value) => value - Math.Tanh(y));
        foreach (float y in new[] { 0f, 1e-30f, 1e-4f, 0.3f, 5, 40, 1e30f, float.PositiveInfinity })
            Assert.Equal(BitConverter.SingleToUInt32Bits(-VectorMath.Tanh(Vector512.Create(y))[0]),
                BitConverter.SingleToUInt32Bits(VectorMath.Tanh(Vector512.Create(-y))[0]));
        Assert.Equal(1f, VectorMath.Tanh(Vector512.Create(float.PositiveInfinity))[0]);
    }

    [Fact]
    public void Log_keeps_its_relative_error_near_1_too()
    {
        // Every seventh float of [1/2, 2], and a thousand of every normal exponent.
        IEnumerable<float> dense = Enumerable.Range(0, (0x40000000 - 0x3F000000) / 7)
            .Select(i => BitConverter.Int32BitsToSingle(0x3F000000 + 7 * i));
        IEnumerable<float> wide = Enumerable.Range(1, 253).SelectMany(e => Enumerable.Range(0,
            1000).Select(i => BitConverter.Int32BitsToSingle((e << 23) + 8388 * i)));
        AssertWorst(3e-7, dense.Concat(wide).Where(u => u != 1), VectorMath.Log, (u, value) => value / Math.Log(u) - 1);
        Assert.Equal(0f, VectorMath.Log(Vector512<float>.One)[0]);
    }

    [Fact]
    public void Sine_and_cosine_keep_their_absolute_error()
    {
        float limit = (float)(Math.PI / 4);
        AssertWorst(1.1e-7, Range(-limit, limit, 3_000_000), y => VectorMath.SineCosine(y).Sine, (y, value) => value - Math.Sin(y));
        AssertWorst(1.1e-7, Range(-limit, limit, 3_000_000), y => VectorMath.SineCosine(y).Cosine, (y, value) => value - Math.Cos(y));
    }

    private static IEnumerable<float> Range(float low, float high, int count)
    {
        for (int i = 0; i <= count; i++) yield return (float)(low + (high - (double)low) * i / count);
    }

    private static void AssertWorst(
        double limit, IEnumerable<float> arguments, Func<Vector512<float>, Vector512<float>> function, Func<double, double, double> error)
    {
        double worst = 0;
        float at = 0;
        foreach (float[] chunk in arguments.Chunk(16))
        {
            float[] padded = [.. chunk, .. Enumerable.Repeat(chunk[0], 16 - chunk.Length)];
            Vector512<float> values = function(Vector512.Create(padded));
            for (int i = 0; i < chunk.Length; i++)
            {
                double e = Math.Abs(error(chunk[i], values[i]));
                if (!(e <= worst)) (worst, at) = (e, chunk[i]);
            }
        }
        Assert.True(worst < limit, $"error {worst:g3} at {at:R}");
    }
}
