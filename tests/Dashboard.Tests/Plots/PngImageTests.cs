using Sweeps.Dashboard.Plots;

namespace Sweeps.Dashboard.Tests.Plots;

public class PngImageTests
{
    private static readonly Rgb[] Colours = [.. Enumerable.Range(0, 256).Select(level => new Rgb((byte)level, (byte)(255 - level), 0))];

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 7)]
    [InlineData(13, 1)]
    [InlineData(257, 101)]
    public void What_is_read_is_what_was_written(int width, int height)
    {
        short[][] lines = [.. Enumerable.Range(0, height).Select(line => Enumerable.Range(0, width)
            .Select(i => (short)((line * 31 + i * 7) % 257 - 1)).ToArray())];

        var read = DecodedPng.Of(PngImage.Encode(width, [.. Enumerable.Range(0, height)], lines, Colours));

        Assert.Equal((width, height), (read.Width, read.Height));
        Assert.Equal(lines.SelectMany(line => line.Select(level => level < 0 ? (Rgb?)null : Colours[level])), read.Pixels);
    }

    [Fact]
    public void Rows_that_repeat_cost_next_to_nothing()
    {
        short[] noise = [.. Enumerable.Range(0, 997).Select(i => (short)(i * i * 31 % 256))];

        byte[] often = PngImage.Encode(noise.Length, new int[500], [noise], Colours);

        Assert.True(often.Length < 0.02 * (500 * 997 * 3), $"{often.Length} bytes");
        var read = DecodedPng.Of(often);
        Assert.Equal(Enumerable.Repeat(noise, 500).SelectMany(line => line.Select(level => (Rgb?)Colours[level])), read.Pixels);
    }

    [Fact]
    public void What_stands_for_nothing_is_none_of_the_colours()
    {
        Rgb[] dark = [.. Enumerable.Range(0, 256).Select(level => new Rgb((byte)level, 0, 0))];

        var read = DecodedPng.Of(PngImage.Encode(257, [0], [[.. Enumerable.Range(-1, 257).Select(level => (short)level)]], dark));

        Assert.Equal([null, .. dark.Select(colour => (Rgb?)colour)], read.Pixels);
    }
}
