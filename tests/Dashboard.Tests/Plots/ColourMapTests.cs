using Sweeps.Dashboard.Plots;

namespace Sweeps.Dashboard.Tests.Plots;

public class ColourMapTests
{
    public static TheoryData<string> Names => ["viridis", "blue-orange"];

    private static ColourMap Named(string name) =>
        new[] { ColourMap.Viridis, ColourMap.BlueOrange }.Single(m => m.Name == name);

    [Theory]
    [MemberData(nameof(Names))]
    public void Ends_and_anchors_are_exact(string name)
    {
        ColourMap map = Named(name);

        Assert.Equal((map.Anchors[0], map.Anchors[^1]), (map[0], map[ColourMap.Levels - 1]));
        // 16 anchors fall on every 17th of 256 levels; those of the diverging map on halves, where the nearest level is at most one
        // channel step off.
        for (int k = 0; k < map.Anchors.Length; k++)
        {
            Rgb anchor = map.Anchors[k], found = map.At((double)k / (map.Anchors.Length - 1));
            int tolerance = map.IsDiverging ? 3 : 0;
            Assert.InRange(Math.Max(Math.Abs(anchor.R - found.R), Math.Max(Math.Abs(anchor.G - found.G), Math.Abs(anchor.B - found.B))),
                0, tolerance);
        }
    }

    [Fact]
    public void The_sequential_map_rises_in_lightness()
    {
        double[] lightness = [.. Enumerable.Range(0, ColourMap.Levels).Select(level => Oklab.From(ColourMap.Viridis[level]).L)];

        // Eight-bit channels make steps of a few thousandths.
        Assert.All(lightness.Zip(lightness.Skip(1)), pair => Assert.True(pair.Second > pair.First - 0.002));
        Assert.All(lightness.Zip(lightness.Skip(8)), pair => Assert.True(pair.Second > pair.First));
        Assert.True(lightness[^1] - lightness[0] > 0.6);
    }

    [Fact]
    public void The_diverging_map_is_lightest_in_the_middle_and_equally_light_on_both_arms()
    {
        double[] lightness = [.. Enumerable.Range(0, ColourMap.Levels).Select(level => Oklab.From(ColourMap.BlueOrange[level]).L)];

        for (int level = 0; level < ColourMap.Levels / 2; level++)
        {
            Assert.Equal(lightness[level], lightness[ColourMap.Levels - 1 - level], 0.01);
            Assert.True(lightness[level + 1] > lightness[level] - 0.002);
        }
    }

    [Fact]
    public void Every_colour_survives_the_way_through_Oklab()
    {
        for (int bits = 0; bits < 0x1000000; bits += 4099)
        {
            Rgb colour = new((byte)(bits >> 16), (byte)(bits >> 8), (byte)bits);
            Assert.Equal(colour, Oklab.From(colour).ToRgb());
        }
        Assert.Equal(1, Oklab.From(new(255, 255, 255)).L, 6);
        Assert.Equal(0, Oklab.From(new(0, 0, 0)).L, 6);
    }

    [Fact]
    public void A_diverging_scale_puts_zero_on_the_middle_whatever_the_values()
    {
        ColourScale scale = ColourScale.Of(ColourMap.BlueOrange, [-1, 3], null)!;

        Assert.Equal((-3, 3), (scale.Range.Low, scale.Range.High));
        Assert.Equal(0.5, scale.Range.Share(0), 12);
        Assert.InRange(scale.Level(0), 127, 128);
    }

    [Theory]
    [InlineData("red")]
    [InlineData("#12345")]
    [InlineData("#12345g")]
    public void What_is_no_colour_is_refused(string text) => Assert.Throws<FormatException>(() => Rgb.Parse(text));
}
