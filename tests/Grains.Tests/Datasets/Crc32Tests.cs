using Sweeps.Grains.Datasets;


namespace Sweeps.Grains.Tests.Datasets;

public sealed class Crc32Tests
{
    [Fact]
    public void The_check_value_of_the_standard_comes_out() => Assert.Equal(0xCBF43926u, Crc32.Of("123456789"u8));

    [Fact]
    public void Nothing_has_the_value_zero() => Assert.Equal(0u, Crc32.Of([]));

    [Fact]
    public void A_sentence_has_its_published_value() =>
        Assert.Equal(0x414FA339u, Crc32.Of("The quick brown fox jumps over the lazy dog"u8));

    [Fact]
    public void Parts_make_the_whole_wherever_they_are_cut()
    {
        byte[] bytes = [.. Enumerable.Range(0, 300).Select(i => (byte)(i * 7))];
        uint bitwise = Bitwise(bytes);
        for (int cut = 0; cut <= bytes.Length; cut++)
            Assert.Equal(bitwise, Crc32.Continue(Crc32.Of(bytes.AsSpan(0, cut)), bytes.AsSpan(cut)));
    }

    private static uint Bitwise(byte[] bytes)
    {
        uint state = uint.MaxValue;
        foreach (byte one in bytes)
        {
            state ^= one;
            for (int bit = 0; bit < 8; bit++) state = (state >> 1) ^ (0xEDB88320 & (uint)-(int)(state & 1));
        }
        return ~state;
    }
}
