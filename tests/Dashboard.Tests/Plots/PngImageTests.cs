using Sweeps.Dashboard.Plots;

namespace Sweeps.Dashboard.Tests.Plots;

public class PngImageTests
{
    private static readonly Rgb?[] Palette = [null, .. Enumerable.Range(0, 255).Select(level => (Rgb?)new Rgb((byte)level, (byte)(255 - level), 0))];

    [Theory]
    [InlineData(1, 1, 256)]
    [InlineData(1, 7, 1)]
    [InlineData(13, 1, 2)]
    [InlineData(257, 101, 256)]
    public void What_is_read_is_what_was_written(int width, int height, int colours)
    {
        byte[][] lines = [.. Enumerable.Range(0, height).Select(line => Enumerable.Range(0, width)
            .Select(i => (byte)((line * 31 + i * 7) % colours)).ToArray())];

        var read = DecodedPng.Of(PngImage.Encode(width, [.. Enumerable.Range(0, height)], lines, Palette[..colours]));

        Assert.Equal((width, height), (read.Width, read.Height));
        Assert.Equal(lines.SelectMany(line => line.Select(entry => Palette[entry])), read.Pixels);
    }

    [Fact]
    public void Rows_that_repeat_cost_next_to_nothing()
    {
        byte[] noise = [.. Enumerable.Range(0, 997).Select(i => (byte)(i * i * 31))];

        byte[] often = PngImage.Encode(noise.Length, new int[500], [noise], Palette);

        Assert.True(often.Length < 0.02 * (500 * 997), $"{often.Length} bytes");
        Assert.Equal(Enumerable.Repeat(noise, 500).SelectMany(line => line.Select(entry => Palette[entry])), DecodedPng.Of(often).Pixels);
    }

    [Fact]
    public void More_colours_than_a_byte_can_name_are_refused() => Assert.Throws<ArgumentOutOfRangeException>(
        () => PngImage.Encode(1, [0], [[0]], [.. Palette, new Rgb(1, 2, 3)]));
}
