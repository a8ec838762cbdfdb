using Sweeps.Compute.Kernels;
using Sweeps.Compute.Kernels.ReverseSampler;
using Sweeps.Compute.Random;

namespace Sweeps.Compute.Tests.Kernels.ReverseSampler;

public unsafe class CommitmentTrackerTests
{
    private const int Lanes = ReverseSamplerSimd.Lanes;

    /// <summary>The rule of physics §3 written out per lane in double: last change of sign or bridge touch, at the reflected chord's
    /// zero.</summary>
    [Theory]
    [InlineData("one", 40)]
    [InlineData("one", 400)]
    [InlineData("pair", 150)]
    [InlineData("33", 150)]
    public void Last_zeros_are_those_of_a_scalar_walk(string shape, int steps)
    {
        ReverseCoefficients coefficients = SamplerCase.Coefficients(SamplerCase.Mixture(shape), steps, 5);
        RandomStream stream = RandomStream.Of(7, "commitment\n", "trunk"), bridge = RandomStream.Of(7, "commitment\n", "bridge");
        int bridges = 0, changes = 0;
        float* y = stackalloc float[Lanes];
        for (uint block = 0; block < 16; block++)
        {
            using var x = new AlignedBuffer((long)coefficients.Coordinates * Lanes);
            ReverseSamplerSimd.Draw(coefficients, SamplerCase.Sigma, stream.At(block, 2), stream.At(block, 1), x.Pointer);
            var tracker = new CommitmentTracker(coefficients, bridge.At(block));
            double[,] p = new double[steps + 1, Lanes];
            for (int k = steps; ; k--)
            {
                ReverseSamplerSimd.Project(coefficients, x.Pointer, k, y);
                for (int lane = 0; lane < Lanes; lane++) p[k, lane] = (double)y[lane] * coefficients.InverseResponseNorm[k];
                if (k == 0) break;
                ReverseSamplerSimd.Advance(coefficients, x.Pointer, steps, k, k - 1, stream.At(block), tracker);
            }
            tracker.Observe(0, y);
            for (int lane = 0; lane < Lanes; lane++)
            {
                double last = double.PositiveInfinity;
                for (int k = steps - 1; k >= 0; k--)
                {
                    double before = p[k + 1, lane], now = p[k, lane], dt = coefficients.Times[k + 1] - coefficients.Times[k];
                    bool changed = before * now <= 0;
                    bool touched = !changed && bridge.At(block).Uniform((ulong)(k * Lanes + lane)) < Math.Exp(-before * now / dt);
                    if (changed) changes++;
                    if (touched) bridges++;
                    if (changed || touched) last = coefficients.Times[k + 1] - dt * Math.Abs(before) / (Math.Abs(before) + Math.Abs(now));
                }
                if (double.IsInfinity(last)) Assert.Equal(float.PositiveInfinity, tracker.CommitmentTimes[lane]);
                else Assert.Equal(last, tracker.CommitmentTimes[lane], 2e-6);
            }
        }
        Assert.True(changes > 100 && bridges > 100, $"{changes} changes of sign, {bridges} bridges");
    }

    [Fact]
    public void An_index_left_out_is_refused()
    {
        ReverseCoefficients coefficients = SamplerCase.Coefficients(SamplerCase.Mixture("one"), 10, 5);
        var tracker = new CommitmentTracker(coefficients, RandomStream.Of(7, "commitment\n", "bridge"));
        Observe(10);
        Assert.Throws<InvalidOperationException>(() => Observe(8));

        void Observe(int k)
        {
            float* y = stackalloc float[Lanes];
            new Span<float>(y, Lanes).Fill(1);
            tracker.Observe(k, y);
        }
    }
}
