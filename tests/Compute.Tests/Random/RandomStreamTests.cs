using FsCheck;
using FsCheck.Fluent;
using Sweeps.Compute.Random;
using Sweeps.Properties;

namespace Sweeps.Compute.Tests.Random;

public class RandomStreamTests
{
    private const string Point = "dimension=64\nseparation=1\n";

    [Fact]
    public void A_stream_is_what_it_has_always_been() =>
        Assert.Equal(new RandomStream(0xF45B09F1u, 0xC3DA3AC0u, 0x6007238Fu, 0xAF933346u), RandomStream.Of(1, Point, "trunk"));

    [Fact]
    public void The_definition_is_the_hash_of_seed_point_and_purpose()
    {
        byte[] hash = System.Security.Cryptography.SHA256.HashData("seed=-7\ndimension=64\nseparation=1\npurpose=query\n"u8);
        var expected = new RandomStream(
            BitConverter.ToUInt32(hash, 0), BitConverter.ToUInt32(hash, 4), BitConverter.ToUInt32(hash, 8),
            BitConverter.ToUInt32(hash, 12));
        Assert.Equal(expected, RandomStream.Of(-7, Point, "query"));
    }

    [Fact]
    public void Seed_point_purpose_replica_and_substream_each_give_another_stream()
    {
        RandomStream stream = RandomStream.Of(1, Point, "trunk");
        RandomStream[] streams =
        [
            stream, RandomStream.Of(2, Point, "trunk"), RandomStream.Of(1, "dimension=64\nseparation=2\n", "trunk"),
            RandomStream.Of(1, Point, "branch"), stream.At(1), stream.At(2), stream.At(0, 1), stream.At(1, 1), stream.At(uint.MaxValue, 1),
        ];
        Assert.Equal(streams.Length, streams.Distinct().Count());
        Assert.Equal(streams.Length, streams.Select(s => s.Words(0)).Distinct().Count());
        Assert.Equal(stream, stream.At(0));
    }

    [Fact]
    public void Replicas_and_substreams_never_collide()
    {
        // Small numbers, so that equal pairs do come up.
        Arbitrary<(uint, uint)> pairs = (from a in Gen.Choose(0, 3) from b in Gen.Choose(0, 3) select ((uint)a, (uint)b)).ToArbitrary();
        RandomStream stream = RandomStream.Of(1, Point, "trunk");
        Prop.ForAll(pairs, pairs, (a, b) => Assert.Equal(a == b, stream.At(a.Item1, a.Item2) == stream.At(b.Item1, b.Item2)))
            .Check(Repeatable.Runs);
    }

    [Fact]
    public void Words_are_those_of_the_counters_in_order()
    {
        RandomStream stream = RandomStream.Of(3, Point, "word");
        foreach (ulong counter in (ulong[])[0, 1, uint.MaxValue, 1ul << 32, ulong.MaxValue >> 2])
        {
            var (w0, w1, w2, w3) = Philox4x32.Words(
                (uint)counter, (uint)(counter >> 32), stream.Upper0, stream.Upper1, stream.Key0, stream.Key1);
            Assert.Equal((w0, w1, w2, w3), stream.Words(counter));
            Assert.Equal([w0, w1, w2, w3], Enumerable.Range(0, 4).Select(i => stream.Word(4 * counter + (ulong)i)));
            Assert.Equal((w1 + 0.5) / 4294967296.0, stream.Uniform(4 * counter + 1));
        }
    }

    /// <summary>χ² of 2²⁰ uniforms in 1024 bins, and of pairs of neighbours in 32 × 32: standard normal deviates, below 4.</summary>
    [Fact]
    public void Uniforms_fill_bins_evenly_alone_and_in_pairs()
    {
        RandomStream stream = RandomStream.Of(4, Point, "uniform");
        double[] single = new double[1024], pair = new double[1024], expected = new double[1024], half = new double[1024];
        const int Draws = 1 << 20;
        for (ulong i = 0; i < Draws; i++)
        {
            double u = stream.Uniform(i);
            single[(int)(u * 1024)]++;
            if (i % 2 == 0) pair[(int)(u * 32) * 32 + (int)(stream.Uniform(i + 1) * 32)]++;
        }
        Array.Fill(expected, Draws / 1024.0);
        Array.Fill(half, Draws / 2048.0);
        Assert.InRange(Laws.ChiSquareDeviate(single, expected), -4, 4);
        Assert.InRange(Laws.ChiSquareDeviate(pair, half), -4, 4);
    }
}
