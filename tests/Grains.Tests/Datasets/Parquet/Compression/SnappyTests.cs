using FsCheck;
using FsCheck.Fluent;
using Sweeps.Grains.Datasets.Parquet.Compression;
using Sweeps.Properties;

namespace Sweeps.Grains.Tests.Datasets.Parquet.Compression;

public sealed class SnappyTests
{
    public static TheoryData<int> Lengths => [0, 1, 2, 15, 16, 17, 59, 60, 61, 62, 255, 256, 257, 4095, 65_535, 65_536, 65_537, 200_001];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Noise_runs_words_and_counters_come_back(int length)
    {
        var bits = new Mixer(9);
        byte[] noise = [.. Enumerable.Range(0, length).Select(_ => (byte)bits.Bits())];
        CheckRoundTrip(noise);
        CheckRoundTrip([.. Enumerable.Repeat((byte)7, length)]);
        CheckRoundTrip([.. Enumerable.Range(0, length).Select(i => (byte)"phase diagram of diffusion "[i % 27])]);
        CheckRoundTrip([.. Enumerable.Range(0, length).Select(i => BitConverter.GetBytes((long)(i / 8))[i % 8])]);
        CheckRoundTrip([.. Enumerable.Range(0, length).Select(i => (i / 700) % 2 == 0 ? noise[i % 50] : noise[i])]);
    }

    [Fact]
    public void Any_bytes_come_back() => Prop.ForAll(
        (from parts in Gen.ListOf(
             from length in Gen.Elements(1, 3, 4, 5, 11, 12, 60, 64, 65, 68, 3000) from value in Gen.Choose(0, 5) select (length, value))
         select parts.SelectMany(part => Enumerable.Range(0, part.length).Select(i => (byte)(part.value == 5 ? i * 37 : part.value)))
             .ToArray()).ToArbitrary(),
        bytes => CheckRoundTrip(bytes)).Check(Repeatable.Runs.WithMaxTest(500));

    [Fact]
    public void Runs_shrink_and_noise_hardly_grows()
    {
        Assert.InRange(Compress(new byte[65_536]).Length, 1, 4000);
        var bits = new Mixer(1);
        byte[] noise = [.. Enumerable.Range(0, 65_536).Select(_ => (byte)bits.Bits())];
        Assert.InRange(Compress(noise).Length, 65_536, 65_536 + 100);
    }

    /// <summary>By hand from the format's description: each kind of element once.</summary>
    [Fact]
    public void Elements_of_every_kind_are_read()
    {
        Assert.Equal("abcabcabcX"u8.ToArray(), Decompress([10, 0x08, .. "abc"u8, 0x01 | (2 << 2), 3, 0x00, (byte)'X'], 10));
        Assert.Equal("aaaaaaaa"u8.ToArray(), Decompress([8, 0x00, (byte)'a', 0x02 | (6 << 2), 1, 0], 8));
        Assert.Equal("ababab"u8.ToArray(), Decompress([6, 0x04, .. "ab"u8, 0x03 | (3 << 2), 2, 0, 0, 0], 6));
        byte[] longer = [.. Enumerable.Range(0, 70).Select(i => (byte)i)];
        Assert.Equal(longer, Decompress([70, 60 << 2, 69, .. longer], 70));
        Assert.Equal(longer, Decompress([70, 61 << 2, 69, 0, .. longer], 70));
        Assert.Equal(longer, Decompress([70, 62 << 2, 69, 0, 0, .. longer], 70));
        Assert.Equal(longer, Decompress([70, 63 << 2, 69, 0, 0, 0, .. longer], 70));
        Assert.Equal([], Decompress([0], 0));
    }

    [Theory]
    [InlineData(new byte[] { }, 0)]
    [InlineData(new byte[] { 0x80 }, 0)]
    [InlineData(new byte[] { 0x80, 0x80, 0x80, 0x80, 0x80, 0x00 }, 0)]
    [InlineData(new byte[] { 3, 0x08, 1, 2 }, 3)]
    [InlineData(new byte[] { 3, 0x04, 1, 2 }, 3)]
    [InlineData(new byte[] { 2, 0x08, 1, 2, 3 }, 2)]
    [InlineData(new byte[] { 3, 0x08, 1, 2, 3 }, 4)]
    [InlineData(new byte[] { 5, 0x00, 1, 0x01, 0 }, 5)]
    [InlineData(new byte[] { 5, 0x00, 1, 0x01, 2 }, 5)]
    [InlineData(new byte[] { 5, 0x00, 1, 0x01 }, 5)]
    [InlineData(new byte[] { 4, 0x00, 1, 0x01, 1 }, 4)]
    [InlineData(new byte[] { 4, 0xFC, 0xFF, 0xFF, 0xFF, 0xFF }, 4)]
    [InlineData(new byte[] { 5, 0x00, 1, 0x0F, 0xFF, 0xFF, 0xFF, 0xFF }, 5)]
    public void Malformed_bytes_are_refused(byte[] bytes, int length) =>
        Assert.Throws<InvalidDataException>(() => Decompress(bytes, length));

    [Fact]
    public void Compressed_bytes_with_one_changed_are_decompressed_or_refused()
    {
        byte[] source = [.. Enumerable.Range(0, 3000).Select(i => (byte)(i % 100 < 50 ? i : i / 100))];
        byte[] compressed = Compress(source);
        for (int i = 0; i < compressed.Length; i++)
        {
            foreach (int mask in (int[])[1, 3, 0x40, 0xFF])
            {
                byte[] changed = [.. compressed];
                changed[i] ^= (byte)mask;
                try
                {
                    Decompress(changed, source.Length);
                }
                catch (InvalidDataException)
                {
                }
            }
        }
    }

    private static void CheckRoundTrip(byte[] bytes)
    {
        byte[] compressed = Compress(bytes);
        Assert.True(PageCompression.CanYield(PageCodec.Snappy, compressed.Length, bytes.Length));
        Assert.True(bytes.AsSpan().SequenceEqual(Decompress(compressed, bytes.Length)));
    }

    private static byte[] Compress(byte[] bytes)
    {
        byte[] target = new byte[SnappyCompressor.LargestSize(bytes.Length)];
        return target[..SnappyCompressor.Compress(bytes, target)];
    }

    private static byte[] Decompress(byte[] bytes, int length)
    {
        byte[] target = new byte[length];
        SnappyDecompressor.Decompress(bytes, target);
        return target;
    }
}
