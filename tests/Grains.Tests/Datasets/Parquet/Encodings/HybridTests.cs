using FsCheck;
using FsCheck.Fluent;
using Sweeps.Grains.Datasets.Parquet;
using Sweeps.Grains.Datasets.Parquet.Encodings;
using Sweeps.Properties;

namespace Sweeps.Grains.Tests.Datasets.Parquet.Encodings;

public sealed class HybridTests
{
    [Fact]
    public void Every_width_holds_its_least_and_greatest_values()
    {
        for (int width = 0; width <= 32; width++)
        {
            int greatest = (int)((1L << width) - 1);
            int[] values = [.. Enumerable.Range(0, 100).Select(i => (i % 3) switch { 0 => 0, 1 => greatest, _ => greatest & 0x55555555 })];
            for (int count = 0; count <= values.Length; count++) CheckRoundTrip(values[..count], width);
        }
    }

    [Fact]
    public void Runs_and_literals_of_any_length_come_back() => Prop.ForAll(
        (from runs in Gen.ListOf(
             from length in Gen.Elements(1, 2, 7, 8, 9, 15, 16, 31, 32, 33, 63, 64, 1000)
             from value in Gen.Choose(0, 300)
             select (length, value))
         select runs.SelectMany(run => Enumerable.Repeat(run.value, run.length)).ToArray()).ToArbitrary(),
        values => CheckRoundTrip(values, 9)).Check(Repeatable.Runs.WithMaxTest(300));

    [Fact]
    public void Eight_values_of_three_bits_are_packed_as_the_format_shows()
    {
        using var sink = new ByteSink();
        HybridEncoder.Encode([0, 1, 2, 3, 4, 5, 6, 7], 3, sink);
        Assert.Equal([0x03, 0b10001000, 0b11000110, 0b11111010], sink.Written.ToArray());
    }

    [Fact]
    public void A_run_is_its_length_and_its_value()
    {
        using var sink = new ByteSink();
        HybridEncoder.Encode(Enumerable.Repeat(0x1FF, 100).ToArray(), 9, sink);
        Assert.Equal([0xC8, 0x01, 0xFF, 0x01], sink.Written.ToArray());
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(255, 8)]
    [InlineData(256, 9)]
    [InlineData(int.MaxValue, 31)]
    public void The_width_is_that_of_the_greatest_value(int greatest, int width) => Assert.Equal(width, HybridEncoder.WidthOf(greatest));

    [Fact]
    public void Bytes_of_chance_are_decoded_or_refused() => Prop.ForAll(
        (from bytes in Gen.ArrayOf(Gen.Choose(0, 255))
         from width in Gen.Choose(-1, 40)
         from count in Gen.Choose(0, 200)
         select (bytes, width, count)).ToArbitrary(),
        input =>
        {
            try
            {
                HybridDecoder.Decode([.. input.bytes.Select(one => (byte)one)], input.width, new int[input.count]);
            }
            catch (InvalidDataException)
            {
            }
        }).Check(Repeatable.Runs.WithMaxTest(3000));

    private static void CheckRoundTrip(int[] values, int width)
    {
        using var sink = new ByteSink();
        HybridEncoder.Encode(values, width, sink);
        int[] decoded = new int[values.Length];
        HybridDecoder.Decode(sink.Written, width, decoded);
        Assert.Equal(values, decoded);
        if (values.Length > 0) Assert.Throws<InvalidDataException>(() => HybridDecoder.Decode(default, width, decoded));
    }
}
