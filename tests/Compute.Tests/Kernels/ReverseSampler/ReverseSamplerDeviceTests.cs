using Sweeps.Compute.Devices;
using Sweeps.Compute.Kernels;
using Sweeps.Compute.Kernels.ReverseSampler;
using Sweeps.Compute.Random;
using Sweeps.Compute.Tests.Devices;

namespace Sweeps.Compute.Tests.Kernels.ReverseSampler;

[Collection("Device")]
public unsafe class ReverseSamplerDeviceTests(DeviceFixture fixture)
{
    private const int Lanes = ReverseSamplerSimd.Lanes;

    /// <summary>Blocks that count: one more would be the first of a second group.</summary>
    private const int Blocks = 8;
    private const uint FirstBlock = 70;

    private static readonly RandomStream Trunk = RandomStream.Of(8, "device\n", "trunk");
    private static readonly RandomStream Branch = RandomStream.Of(8, "device\n", "branch");

    private readonly IDevice device = fixture.Device;
    private readonly IDeviceQueue queue = fixture.Queue;

    /// <summary>The trunk in launches of 3 steps, branches in launches of 5 from where it left its state: the state of every sample,
    /// coordinate and run at the end is the processor's, bit for bit.</summary>
    [Theory]
    [InlineData("one", 1)]
    [InlineData("one", 34)]
    [InlineData("pair", 17)]
    [InlineData("pair+1", 17)]
    [InlineData("7 drift", 17)]
    [InlineData("31", 6)]
    [InlineData("33", 6)]
    [InlineData("64", 6)]
    [InlineData("67 drift", 6)]
    [InlineData("97 drift", 6)]
    [InlineData("300", 3)]
    [InlineData("321 drift", 3)]
    public void Whole_runs_have_the_processors_bits(string shape, int steps)
    {
        Assert.True(device.Description.RoundsCorrectly, "bits agree only where operations round correctly");
        ReverseCoefficients coefficients = SamplerCase.Coefficients(SamplerCase.Mixture(shape), steps, 0.15 * steps);
        int[] branches = [.. new[] { 1, steps / 2, steps }.Where(k => k > 0).Distinct()];
        using var onDevice = new ReverseCoefficientsDevice(device);
        using var runs = new ReverseRunsDevice(device, onDevice);
        onDevice.Upload(queue, coefficients, SamplerCase.Sigma);
        runs.Begin(queue, branches, Blocks * Lanes - 1);
        var sampler = new ReverseSamplerDevice(device);
        sampler.Draw(queue, runs, Trunk, FirstBlock);
        for (int done = 0; done < steps; done += 3) sampler.Advance(queue, runs, 0, 1, done, Math.Min(3, steps), Trunk, FirstBlock);
        for (int row = 1; row < runs.Rows; row++)
            for (int done = 0; done < runs.Start(row); done += 5) sampler.Advance(queue, runs, row, 1, done, 5, Branch, FirstBlock);

        int coordinates = coefficients.Coordinates, size = coordinates * Lanes;
        var states = new float[runs.State.Length];
        var projections = new float[runs.Projections.Length];
        runs.State.Read(queue, states);
        runs.Projections.Read(queue, projections);
        using var expected = new AlignedBuffer(2L * size);
        float* x = expected.Pointer, copy = x + size, y = stackalloc float[Lanes];
        for (uint block = 0; block < Blocks; block++)
        {
            uint replica = FirstBlock + block;
            ReverseSamplerSimd.Draw(coefficients, SamplerCase.Sigma, Trunk.At(replica, 2), Trunk.At(replica, 1), x);
            int k = steps;
            for (int row = 1; row < runs.Rows; row++)
            {
                int start = runs.Start(row);
                ReverseSamplerSimd.Advance(coefficients, x, steps, k, start, Trunk.At(replica), null);
                k = start;
                new Span<float>(x, size).CopyTo(new(copy, size));
                ReverseSamplerSimd.Advance(coefficients, copy, start, start, 0, Branch.At(replica, (uint)start), null);
                AssertRow(row, block, copy);
            }
            ReverseSamplerSimd.Advance(coefficients, x, steps, k, 0, Trunk.At(replica), null);
            AssertRow(0, block, x);
        }

        void AssertRow(int row, uint block, float* state)
        {
            int at = row * runs.Blocks + (int)block;
            Assert.Equal(Bits(new(state, size)), Bits(states.AsSpan(at * size, size)));
            ReverseSamplerSimd.Project(coefficients, state, 0, y);
            Assert.Equal(Bits(new(y, Lanes)), Bits(projections.AsSpan(at * Lanes, Lanes)));
        }
    }

    /// <summary>Chances whose distance from the drawn word is nothing, half a unit, and what single precision just does and does not
    /// see.</summary>
    [Fact]
    public void A_bridge_touches_zero_where_double_precision_says_so()
    {
        const string Text = """
            #include "Kernels/ReverseSampler/ReverseSampler.cl"

            KERNEL(touch, 64)(GLOBAL int* RESTRICT touched, GLOBAL const float* RESTRICT exponents, GLOBAL const U32* RESTRICT words)
            {
                int i = GROUP_ID(0) * 64 + LOCAL_ID;
                touched[i] = touches(exponents[i], words[i]);
            }
            """;
        const int Count = 1 << 16;
        RandomStream stream = RandomStream.Of(9, "touch\n", "words");
        var exponents = new float[Count];
        var words = new uint[Count];
        for (int i = 0; i < Count; i++)
        {
            // Uniform in the exponent, and some exponents of any smallness.
            double uniform = stream.Uniform((ulong)i);
            exponents[i] = MathF.BitDecrement((float)(22.2 * (i % 4 == 0 ? Math.Pow(uniform, 20) : uniform)));
            double chance = Math.Exp(-exponents[i]) * 4294967296.0;
            double distance = (i % 7) switch
            {
                0 => -1,
                1 => 0,
                2 => 1,
                3 => 2e-5 * chance * (stream.Uniform((ulong)(Count + i)) - 0.5),
                4 => 2,
                5 => -2,
                _ => chance * (stream.Uniform((ulong)(Count + i)) - 0.5),
            };
            words[i] = (uint)Math.Clamp(chance + distance, 0, uint.MaxValue);
        }
        using var e = new DeviceArray<float>(device, Count);
        using var w = new DeviceArray<uint>(device, Count);
        using var touched = new DeviceArray<int>(device, Count);
        e.Write(queue, exponents);
        w.Write(queue, words);
        queue.Launch(device.Load(TestText.Of("touch.cl", Text)).Kernel("touch"), new(Count / 64), touched, e, w);
        var answers = new int[Count];
        touched.Read(queue, answers);
        for (int i = 0; i < Count; i++)
        {
            bool expected = RandomStream.ToUniform(words[i]) < Math.Exp(-exponents[i]);
            if (expected != (answers[i] != 0)) Assert.Fail($"exponent {exponents[i]:r}, word {words[i]}: {expected} became {answers[i]}");
        }
        Assert.InRange(answers.Count(a => a != 0), Count / 4, 3 * Count / 4);
    }

    private static uint[] Bits(ReadOnlySpan<float> values)
    {
        var bits = new uint[values.Length];
        for (int i = 0; i < bits.Length; i++) bits[i] = BitConverter.SingleToUInt32Bits(values[i]);
        return bits;
    }
}
