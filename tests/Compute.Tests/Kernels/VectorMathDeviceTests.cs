using System.Runtime.Intrinsics;
using Sweeps.Compute.Devices;
using Sweeps.Compute.Kernels;
using Sweeps.Compute.Tests.Devices;

namespace Sweeps.Compute.Tests.Kernels;

/// <summary>The functions of VectorMath.cl against those of VectorMath, in bits, on a device that rounds correctly.</summary>
[Collection("Device")]
public class VectorMathDeviceTests(DeviceFixture fixture)
{
    private const int Count = 1 << 16;

    private const string Source = """
        #include "Kernels/VectorMath.cl"

        KERNEL(functions, 64)(GLOBAL const float* RESTRICT x, GLOBAL float* RESTRICT y, int count)
        {
            int i = GROUP_ID(0) * 64 + LOCAL_ID;
            y[i] = exp2_of(x[i]);
            y[count + i] = tanh_of(x[i]);
            y[2 * count + i] = log_of(x[i]);
            SineCosine s = sine_cosine_of(x[i]);
            y[3 * count + i] = s.sine;
            y[4 * count + i] = s.cosine;
        }
        """;

    [Fact]
    public void Exponential_and_hyperbolic_tangent_have_the_same_bits() => AssertSameBits(
        [.. Range(-130, 125.9f), float.NegativeInfinity, float.MinValue, -0f, 0f, 1e-30f, float.NaN],
        (0, VectorMath.Exp2), (1, VectorMath.Tanh));

    [Fact]
    public void Logarithm_has_the_same_bits() => AssertSameBits(
        [.. Range(0.4f, 2.1f), 1.17549435e-38f, float.MaxValue, 2.328306437e-10f, 1f], (2, VectorMath.Log));

    [Fact]
    public void Sine_and_cosine_have_the_same_bits() => AssertSameBits(
        [.. Range(-0.7854f, 0.7854f), 0f, 1e-20f],
        (3, y => VectorMath.SineCosine(y).Sine), (4, y => VectorMath.SineCosine(y).Cosine));

    private static IEnumerable<float> Range(float low, float high)
    {
        for (int i = 0; i < Count - 64; i++) yield return (float)(low + (high - (double)low) * i / (Count - 65));
    }

    private void AssertSameBits(float[] arguments, params (int Row, Func<Vector512<float>, Vector512<float>> Function)[] functions)
    {
        Assert.True(fixture.Device.Description.RoundsCorrectly, $"{fixture.Device.Description} does not round correctly");
        float[] x = [.. arguments, .. Enumerable.Repeat(1f, Count - arguments.Length)], y = new float[5 * Count];
        IDeviceKernel kernel = fixture.Device.Load(TestText.Of("vector-math-functions.cl", Source)).Kernel("functions");
        using var from = new DeviceArray<float>(fixture.Device, Count);
        using var to = new DeviceArray<float>(fixture.Device, 5 * Count);
        from.Write(fixture.Queue, x);
        fixture.Queue.Launch(kernel, LaunchGrid.Covering(Count, kernel), from, to, Count);
        to.Read(fixture.Queue, y);
        foreach (var (row, function) in functions)
        {
            for (int i = 0; i < arguments.Length; i++)
            {
                float expected = function(Vector512.Create(x[i]))[0], actual = y[row * Count + i];
                bool same = float.IsNaN(expected)
                    ? float.IsNaN(actual)
                    : BitConverter.SingleToUInt32Bits(expected) == BitConverter.SingleToUInt32Bits(actual);
                if (!same) Assert.Fail($"function {row} of {x[i]:R}: {expected:R} on the processor, {actual:R} on the device");
            }
        }
    }
}
