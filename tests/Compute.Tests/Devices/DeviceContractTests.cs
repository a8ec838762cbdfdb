using Sweeps.Compute.Devices;

namespace Sweeps.Compute.Tests.Devices;

/// <summary>What every device does.</summary>
[Collection("Device")]
public class DeviceContractTests(DeviceFixture fixture)
{
    private readonly IDevice device = fixture.Device;
    private readonly IDeviceQueue queue = fixture.Queue;

    private IDeviceModule Module => device.Load(TestText.Of("tests.cl", TestKernels.Source));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(1021, 13)]
    [InlineData(HostStaging.DefaultBytes + 3, 1)]
    public void What_was_written_is_read_back_though_the_source_changed_at_once(int bytes, int first)
    {
        using var array = new DeviceArray<byte>(device, bytes + first + 1);
        byte[] source = [.. Enumerable.Range(0, bytes).Select(i => (byte)(i * 7 + (i >> 9)))], kept = [.. source];
        var back = new byte[bytes + first + 1];
        array.Clear(queue);
        array.Write(queue, source, first);
        source.AsSpan().Clear();
        array.Read(queue, back);
        Assert.Equal(kept, back[first..^1]);
        Assert.All(back[..first], b => Assert.Equal(0, b));
        Assert.Equal(0, back[^1]);
    }

    [Fact]
    public void Clearing_touches_what_it_was_given_only()
    {
        using var array = new DeviceArray<byte>(device, 64);
        array.Write(queue, Enumerable.Repeat((byte)9, 64).ToArray());
        array.Clear(queue, 4, 8);
        array.Clear(queue, 21, 3);
        array.Clear(queue, 31, 0);
        var back = new byte[64];
        array.Read(queue, back);
        for (int i = 0; i < 64; i++) Assert.Equal(i is (>= 4 and < 12) or (>= 21 and < 24) ? 0 : 9, back[i]);
    }

    [Fact]
    public void Copies_outside_an_array_are_refused()
    {
        using var array = new DeviceArray<int>(device, 4);
        Assert.Throws<ArgumentOutOfRangeException>(() => array.Write(queue, new int[5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => array.Write(queue, new int[2], 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => array.Read(queue, new int[1], -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => array.Read(queue, new int[1], long.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => array.Clear(queue, 4, 1));
    }

    [Fact]
    public void A_grid_has_two_dimensions_of_groups()
    {
        IDeviceKernel kernel = Module.Kernel("where_am_i");
        Assert.Equal(8, kernel.GroupSize);
        using var array = new DeviceArray<int>(device, 3 * 40);
        queue.Launch(kernel, new(5, 3), array, 40);
        var back = new int[3 * 40];
        array.Read(queue, back);
        for (int y = 0; y < 3; y++)
            for (int x = 0; x < 40; x++) Assert.Equal(30000 + 1000 * y + 100 * (x / 8) + x % 8, back[y * 40 + x]);
    }

    [Fact]
    public void Numbers_reach_a_kernel_in_their_bits()
    {
        using var array = new DeviceArray<ulong>(device, 4);
        queue.Launch(Module.Kernel("numbers"), new(1), array, -7, uint.MaxValue, ulong.MaxValue - 5, -1.5f);
        var back = new ulong[4];
        array.Read(queue, back);
        Assert.Equal([7, uint.MaxValue, ulong.MaxValue - 5, BitConverter.SingleToUInt32Bits(-1.5f)], back);
    }

    [Fact]
    public void A_launch_gives_local_memory_its_size()
    {
        IDeviceKernel kernel = Module.Kernel("reversed");
        float[] x = [.. Enumerable.Range(0, 128).Select(i => (float)i)], back = new float[128];
        using var array = new DeviceArray<float>(device, 128);
        array.Write(queue, x);
        queue.Launch(kernel, new(2, 1, 64 * sizeof(float)), array);
        array.Read(queue, back);
        for (int i = 0; i < 128; i++) Assert.Equal(x[i / 64 * 64 + 63 - i % 64] + 2 * x[i / 64 * 64 + (i + 1) % 64], back[i]);
    }

    [Fact]
    public void Arguments_that_are_not_those_of_the_kernel_are_refused()
    {
        IDeviceKernel kernel = Module.Kernel("numbers");
        using var array = new DeviceArray<ulong>(device, 4);
        Assert.Throws<ArgumentException>(() => queue.Launch(kernel, new(1), array, -7, 1u, 1ul));
        Assert.Throws<ArgumentException>(() => queue.Launch(kernel, new(1), array, -7, 1u, 1u, 1f));
        Assert.Throws<ArgumentException>(() => Module.Kernel("letters"));
    }

    [Fact]
    public void Too_large_an_allocation_is_out_of_memory_and_the_next_one_works()
    {
        DeviceException e = Assert.Throws<DeviceException>(() => device.Allocate(long.MaxValue / 2));
        Assert.Equal(DeviceFailure.OutOfMemory, e.Cause);
        Assert.StartsWith(device.Description.ToString(), e.Message, StringComparison.Ordinal);
        using IDeviceBuffer buffer = device.Allocate(16);
        Assert.Equal(16, buffer.Bytes);
    }

    [Fact]
    public void What_is_allocated_and_not_freed_is_counted()
    {
        long before = device.AllocatedBytes;
        using (IDeviceBuffer one = device.Allocate(16))
        {
            Assert.Equal(before + 16, device.AllocatedBytes);
            using (device.Allocate(1000)) Assert.Equal(before + 1016, device.AllocatedBytes);
            one.Dispose(); // twice is once
        }
        Assert.Throws<DeviceException>(() => device.Allocate(long.MaxValue / 2));
        Assert.Equal(before, device.AllocatedBytes);
    }

    [Fact]
    public void Threads_with_a_queue_each_may_share_a_kernel()
    {
        IDeviceKernel kernel = Module.Kernel("where_am_i");
        Parallel.For(0, 4, thread =>
        {
            using IDeviceQueue own = device.CreateQueue();
            using var array = new DeviceArray<int>(device, 8 + 8 * thread);
            var back = new int[8 + 8 * thread];
            for (int i = 0; i < 50; i++)
            {
                array.Clear(own);
                own.Launch(kernel, new(1 + thread), array, 0);
                array.Read(own, back);
                Assert.Equal(10000 + 100 * thread + 7, back[^1]);
            }
        });
    }
}
