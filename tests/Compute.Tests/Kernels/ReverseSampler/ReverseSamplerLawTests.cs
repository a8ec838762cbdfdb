using Sweeps.Compute.Kernels;
using Sweeps.Compute.Kernels.ReverseSampler;
using Sweeps.Compute.Models;
using Sweeps.Compute.Random;

namespace Sweeps.Compute.Tests.Kernels.ReverseSampler;

public unsafe class ReverseSamplerLawTests
{
    private const int Lanes = ReverseSamplerSimd.Lanes;
    private const int Blocks = 4096;
    private static readonly RandomStream Stream = RandomStream.Of(6, "law\n", "trunk");

    /// <summary>Of 262 144 draws the mean given the class and the covariance about it, each within 4.5 standard errors of m_T and
    /// C_T.</summary>
    [Theory]
    [InlineData("one")]
    [InlineData("pair")]
    [InlineData("pair+1")]
    public void The_start_is_drawn_from_the_exact_law(string shape)
    {
        // So short a horizon that the law at T is far from the stationary one.
        ReverseCoefficients coefficients = SamplerCase.Coefficients(SamplerCase.Mixture(shape), 1, 0.7);
        AssertLawOfDraw(coefficients, 4.5);
    }

    /// <summary>After the whole run at fine steps: data again, within 4.5 standard errors and a bias of order dt.</summary>
    [Theory]
    [InlineData("one")]
    [InlineData("pair")]
    [InlineData("pair+1")]
    public void The_end_of_a_fine_run_has_the_law_of_the_data(string shape)
    {
        GaussianMixture mixture = SamplerCase.Mixture(shape);
        const int Steps = 400;
        ReverseCoefficients coefficients = SamplerCase.Coefficients(mixture, Steps, 2);
        int count = coefficients.Coordinates;
        double[] second = new double[count * count];
        using var x = new AlignedBuffer((long)count * Lanes);
        const int Runs = 512;
        for (uint block = 0; block < Runs; block++)
        {
            ReverseSamplerSimd.Draw(coefficients, SamplerCase.Sigma, Stream.At(block, 2), Stream.At(block, 1), x.Pointer);
            ReverseSamplerSimd.Advance(coefficients, x.Pointer, Steps, Steps, 0, Stream.At(block), null);
            for (int lane = 0; lane < Lanes; lane++)
                for (int i = 0; i < count; i++)
                    for (int j = 0; j < count; j++)
                        second[i * count + j] += (double)x.Pointer[i * Lanes + lane] * x.Pointer[j * Lanes + lane];
        }
        double[] mode = [.. coefficients.Pairs.SelectMany(b => new[] { b.FirstMode, b.SecondMode }),
            .. coefficients.Singles.Select(b => b.FirstMode)];
        double n = Runs * Lanes;
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                double expected = mode[i] * mode[j] + (i == j ? 1 : 0);
                // Fourth moments of a mixture: E(x_i x_j)² − (E x_i x_j)² ≤ (1 + m_i²)(1 + m_j²) + 3.
                double error = Math.Sqrt(((1 + mode[i] * mode[i]) * (1 + mode[j] * mode[j]) + 3) / n);
                Assert.Equal(expected, second[i * count + j] / n, 4.5 * error + 0.02 * (1 + Math.Abs(mode[i] * mode[j])));
            }
        }
    }

    /// <summary>
    /// Modes sixteen standard deviations apart: the variance about the nearer one is that of the data, within 4.5 standard errors and dt.
    /// </summary>
    [Fact]
    public void The_end_of_a_fine_run_has_the_width_of_its_modes()
    {
        const int Steps = 400, Runs = 2048;
        const double Horizon = 2;
        GaussianMixture mixture = SamplerCase.Mixture("one");
        ReverseCoefficients coefficients = SamplerCase.Coefficients(mixture, Steps, Horizon);
        using var x = new AlignedBuffer(Lanes);
        double mean = 0, square = 0;
        for (uint block = 0; block < Runs; block++)
        {
            ReverseSamplerSimd.Draw(coefficients, SamplerCase.Sigma, Stream.At(block, 2), Stream.At(block, 1), x.Pointer);
            ReverseSamplerSimd.Advance(coefficients, x.Pointer, Steps, Steps, 0, Stream.At(block), null);
            for (int lane = 0; lane < Lanes; lane++)
            {
                double about = Math.Abs(x.Pointer[lane]) - mixture.ModeNorm;
                mean += about;
                square += about * about;
            }
        }
        double n = Runs * Lanes, dt = Horizon / Steps, variance = SamplerCase.Sigma * SamplerCase.Sigma;
        Assert.Equal(0, mean / n, 4.5 * Math.Sqrt(variance / n) + dt);
        Assert.Equal(variance, square / n, 4.5 * variance * Math.Sqrt(2 / n) + 2 * dt);
    }

    private static void AssertLawOfDraw(ReverseCoefficients coefficients, double limit)
    {
        int count = coefficients.Coordinates;
        double[] mean = new double[count], second = new double[count * count];
        using var x = new AlignedBuffer((long)count * Lanes);
        for (uint block = 0; block < Blocks; block++)
        {
            RandomStream classes = Stream.At(block, 2);
            ReverseSamplerSimd.Draw(coefficients, SamplerCase.Sigma, classes, Stream.At(block, 1), x.Pointer);
            for (int lane = 0; lane < Lanes; lane++)
            {
                double sign = classes.Word((ulong)lane) >> 31 == 0 ? 1 : -1;
                for (int i = 0; i < count; i++)
                {
                    mean[i] += sign * x.Pointer[i * Lanes + lane];
                    for (int j = 0; j < count; j++)
                        second[i * count + j] += (double)x.Pointer[i * Lanes + lane] * x.Pointer[j * Lanes + lane];
                }
            }
        }
        double n = Blocks * Lanes;
        int at = 0;
        foreach (CoordinateBlock block in coefficients.Pairs.AddRange(coefficients.Singles))
        {
            var moments = new BlockMoments(block, SamplerCase.Sigma, coefficients.Times[^1]);
            Matrix2 c = moments.Covariance;
            double[] m = block.IsPair ? [moments.Mean.First, moments.Mean.Second] : [moments.Mean.First];
            double[,] covariance = { { c.A11, c.A12 }, { c.A21, c.A22 } };
            for (int i = 0; i < m.Length; i++)
            {
                Assert.Equal(m[i], mean[at + i] / n, limit * Math.Sqrt(covariance[i, i] / n));
                for (int j = 0; j < m.Length; j++)
                {
                    double measured = second[(at + i) * count + at + j] / n - m[i] * m[j];
                    double spread = covariance[i, i] * covariance[j, j] + covariance[i, j] * covariance[i, j]
                        + m[i] * m[i] * covariance[j, j] + m[j] * m[j] * covariance[i, i] + 2 * m[i] * m[j] * covariance[i, j];
                    Assert.Equal(covariance[i, j], measured, limit * Math.Sqrt(spread / n));
                }
            }
            at += m.Length;
        }
    }
}
