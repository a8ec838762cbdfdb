using Sweeps.Compute.Random;

namespace Sweeps.Compute.Tests.Random;

/// <summary>10⁷ draws at a fixed seed against the standard normal law; every statistic is a standard normal deviate, and 4 is the
/// limit.</summary>
public class NormalsLawTests
{
    private const int Draws = 312_500 * 32;
    private const double Limit = 4;
    private static readonly float[] Normals = Draw(RandomStream.Of(11, "law\n", "normals"));

    [Fact]
    public void Mean_variance_skewness_and_kurtosis_are_those_of_the_law()
    {
        double s1 = 0, s2 = 0, s3 = 0, s4 = 0;
        foreach (float x in Normals)
        {
            double square = (double)x * x;
            (s1, s2, s3, s4) = (s1 + x, s2 + square, s3 + x * square, s4 + square * square);
        }
        // Variances of x, x², x³, x⁴ under the law: 1, 2, 15, 96.
        double n = Draws;
        AssertDeviate(s1 / Math.Sqrt(n), "mean");
        AssertDeviate((s2 - n) / Math.Sqrt(2 * n), "second moment");
        AssertDeviate(s3 / Math.Sqrt(15 * n), "third moment");
        AssertDeviate((s4 - 3 * n) / Math.Sqrt(96 * n), "fourth moment");
    }

    [Fact]
    public void Bins_out_to_the_tails_hold_what_the_law_says()
    {
        // Bins of 0.01 out to ±4.5 (about 20 expected in the last), and two tails.
        const int Half = 450;
        double[] counts = new double[2 * Half + 2], expected = new double[counts.Length];
        foreach (float x in Normals) counts[(int)Math.Clamp(Math.Floor(x * 100.0) + Half + 1, 0, counts.Length - 1)]++;
        for (int i = 0; i < counts.Length; i++)
        {
            double low = (i - Half - 1) / 100.0, high = (i - Half) / 100.0;
            expected[i] = Draws * (i == 0 ? Laws.Normal(high) : i == counts.Length - 1 ? Laws.Normal(-low) :
                Laws.Normal(high) - Laws.Normal(low));
        }
        AssertDeviate(Laws.ChiSquareDeviate(counts, expected), "chi-square");
        double beyond = Normals.Count(x => Math.Abs(x) > 4.5), law = Draws * 2 * Laws.Normal(-4.5);
        AssertDeviate((beyond - law) / Math.Sqrt(law), "tail beyond 4.5");
    }

    [Fact]
    public void A_sample_passes_Kolmogorov_and_Smirnov() =>
        Assert.True(Laws.KolmogorovSmirnov(Normals.Take(1_000_000).Select(x => (double)x), Laws.Normal) > 0.001);

    /// <summary>Correlations of values, and of squares and of signs with values, at every lag where the layout could tie draws
    /// together.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(64)]
    [InlineData(2048)]
    public void Neighbours_and_the_halves_of_a_pair_are_independent(int lag) => AssertIndependent(Normals, 0, Normals, lag, Draws - lag);

    [Fact]
    public void Streams_replicas_and_substreams_are_independent()
    {
        RandomStream stream = RandomStream.Of(11, "law\n", "normals");
        foreach (RandomStream other in new[] { RandomStream.Of(11, "law\n", "other"), RandomStream.Of(12, "law\n", "normals"),
            stream.At(1), stream.At(0, 1) })
        {
            var normals = new float[1 << 20];
            NormalsSimd.Fill(other, 0, normals);
            AssertIndependent(Normals, 0, normals, 0, normals.Length);
        }
    }

    private static void AssertIndependent(float[] a, int firstA, float[] b, int firstB, int count)
    {
        double product = 0, squares = 0, mixed = 0;
        for (int i = 0; i < count; i++)
        {
            double x = a[firstA + i], y = b[firstB + i];
            product += x * y;
            squares += (x * x - 1) * (y * y - 1);
            mixed += x * (y * y - 1);
        }
        AssertDeviate(product / Math.Sqrt(count), "correlation");
        AssertDeviate(squares / Math.Sqrt(4.0 * count), "correlation of squares");
        AssertDeviate(mixed / Math.Sqrt(2.0 * count), "correlation with squares");
    }

    private static void AssertDeviate(double deviate, string what) =>
        Assert.True(Math.Abs(deviate) < Limit, $"{what}: {deviate:f2} standard deviations from the law");

    private static float[] Draw(RandomStream stream)
    {
        var normals = new float[Draws];
        NormalsSimd.Fill(stream, 0, normals);
        return normals;
    }
}
