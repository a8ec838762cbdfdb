using Sweeps.Compute.Random;

namespace Sweeps.Compute.Tests.Random;

public class NormalsTests
{
    private static readonly RandomStream Stream = RandomStream.Of(1, "dimension=1\n", "normals");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData((1L << 29) - 1)]
    [InlineData((1L << 29) - 33)]
    [InlineData((1L << 58) - 1)]
    public void Vector_and_reference_agree_at_every_length(long firstGroup)
    {
        foreach (int length in new[] { 0, 1, 2, 15, 16, 17, 31, 32, 33, 63, 64, 65, 95, 2047, 2048, 2049, 2080, 4133 })
        {
            var normals = new float[length + 1];
            normals[length] = 42;
            NormalsSimd.Fill(Stream, (ulong)firstGroup, normals.AsSpan(0, length));
            for (int i = 0; i < length; i++)
                Assert.Equal(NormalsReference.Normal(Stream, (ulong)firstGroup * 32 + (ulong)i), normals[i], 1e-6);
            Assert.Equal(42, normals[length]);
        }
    }

    [Fact]
    public void A_million_draws_stay_within_1e_6_of_the_reference()
    {
        var normals = new float[1 << 20];
        NormalsSimd.Fill(Stream, 77, normals);
        double worst = 0;
        for (int i = 0; i < normals.Length; i++)
            worst = Math.Max(worst, Math.Abs(NormalsReference.Normal(Stream, 77 * 32 + (ulong)i) - normals[i]));
        Assert.True(worst < 1e-6, $"largest difference {worst:g3}");
    }

    [Fact]
    public void Where_a_fill_begins_does_not_change_the_bits()
    {
        float[] all = new float[32 * 200], part = new float[32 * 77];
        NormalsSimd.Fill(Stream, 5, all);
        NormalsSimd.Fill(Stream, 5 + 66, part);
        Assert.Equal(all.AsSpan(32 * 66, 32 * 77).ToArray(), part);
    }

    /// <summary>The ends of the range of the words: u next to 0 and u = 1, the ends of the quadrant, all signs.</summary>
    [Fact]
    public unsafe void Extreme_words_give_finite_normals_below_6_7()
    {
        uint[] corners = [0, 1, 0x3FFFFFFF, 0x40000000, 0x7FFFFFFF, 0x80000000, 0xBFFFFFFF, 0xC0000000, 0xFFFFFFFE, 0xFFFFFFFF];
        uint* words = stackalloc uint[32];
        float* normals = stackalloc float[32];
        foreach (uint a in corners)
        {
            foreach (uint b in corners)
            {
                new Span<uint>(words, 16).Fill(a);
                new Span<uint>(words + 16, 16).Fill(b);
                NormalsSimd.Transform(words, normals, 1);
                for (int i = 0; i < 32; i++) Assert.InRange(normals[i], -6.7f, 6.7f);
                float radius = MathF.Sqrt(normals[0] * normals[0] + normals[16] * normals[16]);
                float u = MathF.FusedMultiplyAdd(a >> 1, 4.656612873e-10f, 2.328306437e-10f);
                Assert.Equal(Math.Sqrt(-2 * Math.Log(u)), radius, 2e-6);
            }
        }
    }
}
