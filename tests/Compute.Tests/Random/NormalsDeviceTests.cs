using Sweeps.Compute.Devices;
using Sweeps.Compute.Random;
using Sweeps.Compute.Tests.Devices;

namespace Sweeps.Compute.Tests.Random;

[Collection("Device")]
public class NormalsDeviceTests(DeviceFixture fixture)
{
    private static readonly RandomStream Stream = RandomStream.Of(1, "dimension=1\n", "normals");
    private static readonly int[] Counts = [0, 1, 2, 15, 16, 17, 31, 32, 33, 65, 1021, 2048, 4133];

    private readonly NormalsDevice form = new(fixture.Device);

    [Theory]
    [InlineData(0UL)]
    [InlineData(5UL)]
    [InlineData((1UL << 32) - 3)]
    [InlineData(ulong.MaxValue - 7)]
    public void Words_are_those_of_the_processor(ulong firstCounter)
    {
        foreach (int counters in Counts)
        {
            uint[] words = Run<uint>(4 * counters + 3, array => form.Words(fixture.Queue, Stream, firstCounter, counters, array, 1));
            for (int i = 0; i < counters; i++)
                Assert.Equal(
                    Stream.Words(firstCounter + (ulong)i), (words[4 * i + 1], words[4 * i + 2], words[4 * i + 3], words[4 * i + 4]));
            AssertUntouched(words, 1, 4 * counters);
        }
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(1UL)]
    [InlineData(17UL)]
    [InlineData(32UL * 1000 + 31)]
    [InlineData((1UL << 34) - 33)]
    [InlineData((1UL << 58) - 1)]
    public void Normals_are_those_of_the_processor_wherever_they_begin(ulong first)
    {
        foreach (int count in Counts)
        {
            float[] normals = Run<float>(count + 3, array => form.Fill(fixture.Queue, Stream, first, count, array, 1));
            AssertAgree(Expected(first, count), normals.AsSpan(1, count));
            AssertUntouched(normals, 1, count);
        }
    }

    [Fact]
    public void A_million_normals_are_those_of_the_processor()
    {
        const int Count = 1 << 20;
        AssertAgree(Expected(77, Count), Run<float>(Count, array => form.Fill(fixture.Queue, Stream, 77, Count, array)));
    }

    /// <summary>One normal alone, as kernels with few of them at a time draw it.</summary>
    [Fact]
    public void A_normal_alone_is_that_of_the_fill()
    {
        const string Source = """
            #include "Random/Normals.cl"

            KERNEL(each, 32)(GLOBAL float* RESTRICT out, U64 first, U32 key0, U32 key1, U32 upper0, U32 upper1)
            {
                int i = GROUP_ID(0) * 32 + LOCAL_ID;
                out[i] = normal_of(stream_of(key0, key1, upper0, upper1), first + (U64)i);
            }
            """;
        IDeviceKernel kernel = fixture.Device.Load(TestText.Of("each-normal.cl", Source)).Kernel("each");
        float[] normals = Run<float>(256, array => fixture.Queue.Launch(
            kernel, LaunchGrid.Covering(256, kernel), array, 41ul, Stream.Key0, Stream.Key1, Stream.Upper0, Stream.Upper1));
        AssertAgree(Expected(41, 256), normals);
    }

    [Fact]
    public void A_fill_outside_the_array_is_refused()
    {
        using var array = new DeviceArray<float>(fixture.Device, 8);
        Assert.Throws<ArgumentOutOfRangeException>(() => form.Fill(fixture.Queue, Stream, 0, 9, array));
        Assert.Throws<ArgumentOutOfRangeException>(() => form.Fill(fixture.Queue, Stream, 0, 4, array, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => form.Fill(fixture.Queue, Stream, 0, -1, array));
    }

    private static float[] Expected(ulong first, int count)
    {
        int skip = (int)(first % NormalsSimd.GroupSize);
        var normals = new float[skip + count];
        NormalsSimd.Fill(Stream, first / NormalsSimd.GroupSize, normals);
        return normals[skip..];
    }

    private static void AssertUntouched<T>(T[] all, int first, int count) where T : struct
    {
        Assert.All(all[..first], v => Assert.Equal(default, v));
        Assert.All(all[(first + count)..], v => Assert.Equal(default, v));
    }

    private T[] Run<T>(int length, Action<DeviceArray<T>> work) where T : unmanaged
    {
        using var array = new DeviceArray<T>(fixture.Device, length);
        array.Clear(fixture.Queue);
        work(array);
        var back = new T[length];
        array.Read(fixture.Queue, back);
        return back;
    }

    /// <summary>In bits where the device says that it rounds correctly; else as near as the processor is to the definition.</summary>
    private void AssertAgree(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            bool agree = fixture.Device.Description.RoundsCorrectly
                ? BitConverter.SingleToUInt32Bits(expected[i]) == BitConverter.SingleToUInt32Bits(actual[i])
                : Math.Abs(expected[i] - actual[i]) <= 1e-6;
            if (!agree) Assert.Fail($"normal {i}: {expected[i]:R} on the processor, {actual[i]:R} on the device");
        }
    }
}
