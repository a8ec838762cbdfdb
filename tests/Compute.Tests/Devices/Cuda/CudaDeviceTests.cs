using Sweeps.Compute.Devices;
using Sweeps.Compute.Random;

namespace Sweeps.Compute.Tests.Devices.Cuda;

/// <summary>The binding against a driver that writes down what it is called with.</summary>
public class CudaDeviceTests
{
    private static readonly RandomStream Stream = new(0x11111111, 0x22222222, 0x33333333, 0x44444444);

    [Fact]
    public void A_card_is_described_as_its_driver_says()
    {
        using var driver = new FakeCuda();
        driver.Devices(2);
        DeviceCatalogue catalogue = driver.Discover();

        Assert.Equal(["cuda:0", "cuda:1"], catalogue.Devices.Select(d => d.Description.Word));
        DeviceDescription second = catalogue.Devices[1].Description;
        Assert.Equal("Pretended Card 1", second.Name);
        Assert.Equal("CUDA 12.4, compute capability 9.0", second.Driver);
        Assert.Equal((80L << 30, 132, 232448, 1024),
            (second.MemoryBytes, second.ComputeUnits, second.LocalMemoryBytes, second.LargestGroup));
        Assert.True(second.RoundsCorrectly);
        Assert.Contains("cuDeviceGetName 41", driver.Log);
    }

    [Fact]
    public void A_device_holds_the_primary_context_of_its_handle_and_lets_it_go()
    {
        using var driver = new FakeCuda();
        using (driver.Open()) Assert.Equal(["cuDevicePrimaryCtxSetFlags_v2 40 4", "cuDevicePrimaryCtxRetain 40"], driver.Log[^2..]);
        Assert.Equal("cuDevicePrimaryCtxRelease_v2 40", driver.Log[^1]);
    }

    [Fact]
    public void A_kernel_gets_its_arguments_grid_and_group()
    {
        using var driver = new FakeCuda();
        using IDevice device = driver.Open();
        using IDeviceQueue queue = device.CreateQueue();
        using var normals = new DeviceArray<float>(device, 1000);
        var form = new NormalsDevice(device);
        driver.Parameters([8, 8, 8, 8, 4, 4, 4, 4]);
        form.Fill(queue, Stream, first: 0x123456789AB, count: 900, normals, at: 100);

        string launch = driver.Log[^1];
        Assert.Matches(
            "^cuLaunchKernel fill_normals grid 1 1 1 group 256 1 1 local 0 stream 1 extra 0 "
            + "arguments [0-9a-f]+ 64 123456789ab 384 11111111 22222222 33333333 44444444$", launch);
        Assert.Contains("cuModuleGetFunction fill_normals", driver.Log);
        Assert.Equal(DeviceText.Of("Random/FillNormals.cl").Ptx, driver.Image);
        Assert.Single(driver.Log, l => l.StartsWith("cuModuleLoadDataEx", StringComparison.Ordinal));
    }

    [Fact]
    public void Numbers_reach_a_kernel_in_their_bits_and_local_memory_above_48_KiB_is_asked_for_once()
    {
        using var driver = new FakeCuda();
        using IDevice device = driver.Open();
        using IDeviceQueue queue = device.CreateQueue();
        const string Ptx =
            ".version 7.0\n.visible .entry some(\n.param .u32 a,\n.param .u32 b,\n.param .u64 c,\n.param .f32 d\n)\n.maxntid 64, 1, 1\n{}";
        IDeviceKernel kernel = device.Load(DeviceText.Of("some.cl", "", () => Ptx)).Kernel("some");
        driver.Parameters([4, 4, 8, 4]);
        driver.Forget();

        queue.Launch(kernel, new(5, 7, 50000), -2, 0xFFFFFFFEu, ulong.MaxValue - 1, -1.5f);
        queue.Launch(kernel, new(65536, 1, 49152), 1, 2u, 3ul, 0f);

        Assert.Equal(["cuFuncSetAttribute some 8 50000"], driver.Log.Where(l => l.StartsWith("cuFuncSet", StringComparison.Ordinal)));
        Assert.Contains(driver.Log, l => l.EndsWith(
            "grid 5 7 1 group 64 1 1 local 50000 stream 1 extra 0 arguments fffffffe fffffffe fffffffffffffffe bfc00000",
            StringComparison.Ordinal));
        Assert.Contains(driver.Log, l => l.EndsWith(
            "grid 65536 1 1 group 64 1 1 local 49152 stream 1 extra 0 arguments 1 2 3 0", StringComparison.Ordinal));
    }

    [Fact]
    public void Arguments_that_are_not_those_of_the_kernel_never_reach_the_driver()
    {
        using var driver = new FakeCuda();
        using IDevice device = driver.Open();
        using IDeviceQueue queue = device.CreateQueue();
        using var words = new DeviceArray<uint>(device, 4);
        IDeviceModule module = device.Load(DeviceText.Of("Random/FillNormals.cl"));
        IDeviceKernel kernel = module.Kernel("philox_words");
        driver.Forget();
        Assert.Throws<ArgumentException>(() => queue.Launch(kernel, new(1), words, 0ul, 0ul));
        Assert.Throws<ArgumentException>(() => queue.Launch(kernel, new(1), words, 0, 0ul, 1ul, 1u, 2u, 3u, 4u));
        Assert.Throws<ArgumentException>(() => module.Kernel("philox_sentences"));
        Assert.Empty(driver.Log);
    }

    /// <summary>The driver copies as late as it may: a copy of the caller's span would copy what is written to it afterwards.</summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(1001, 77)]
    [InlineData(HostStaging.DefaultBytes, 1)]
    [InlineData(3 * HostStaging.DefaultBytes + 5, 3)]
    public void What_was_written_is_read_back_though_the_source_changed_at_once(int bytes, int first)
    {
        using var driver = new FakeCuda();
        using IDevice device = driver.Open();
        using IDeviceQueue queue = device.CreateQueue();
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
    public void Many_small_writes_wait_only_when_the_staging_memory_is_full()
    {
        using var driver = new FakeCuda();
        using IDevice device = driver.Open();
        using IDeviceQueue queue = device.CreateQueue();
        const int Count = 40, Length = 1 << 16;
        using var array = new DeviceArray<float>(device, Count * Length);
        var source = new float[Length];
        driver.Forget();
        for (int i = 0; i < Count; i++)
        {
            source.AsSpan().Fill(i);
            array.Write(queue, source, i * (long)Length);
        }
        // 40 writes of 256 KiB through 4 MiB: full after 16, and again after 32.
        Assert.Equal(2, driver.Log.Count(l => l == "cuStreamSynchronize"));
        var back = new float[Count * Length];
        array.Read(queue, back);
        for (int i = 0; i < back.Length; i++) if (back[i] != i / Length) Assert.Fail($"element {i} is {back[i]}");
    }

    [Fact]
    public void Clearing_goes_by_words_where_it_can()
    {
        using var driver = new FakeCuda();
        using IDevice device = driver.Open();
        using IDeviceQueue queue = device.CreateQueue();
        using var array = new DeviceArray<byte>(device, 64);
        driver.Forget();
        array.Clear(queue, 4, 8);
        array.Clear(queue, 20, 3);
        array.Clear(queue, 31, 4);
        array.Clear(queue, 31, 0);
        Assert.Equal(["cuMemsetD32Async 0 2", "cuMemsetD8Async 0 3", "cuMemsetD8Async 0 4"], driver.Log);
        var back = new byte[64];
        array.Read(queue, back);
        for (int i = 0; i < 64; i++) Assert.Equal(i is (>= 4 and < 12) or (>= 20 and < 23) or (>= 31 and < 35) ? 0 : 0xA5, back[i]);
    }

    [Fact]
    public async Task Every_call_works_from_a_thread_that_never_saw_the_device()
    {
        using var driver = new FakeCuda();
        IDevice device = driver.Open();
        DeviceArray<int> array = await Elsewhere(() => new DeviceArray<int>(device, 3));
        IDeviceQueue queue = await Elsewhere(device.CreateQueue);
        await Elsewhere(() => { array.Write(queue, [1, 2, 3]); return 0; });
        await Elsewhere(() => { array.Clear(queue, 1, 1); return 0; });
        await Elsewhere(() => { queue.Finish(); return 0; });
        int[] back = new int[3];
        await Elsewhere(() => { array.Read(queue, back); return 0; });
        Assert.Equal([1, 0, 3], back);
        driver.Parameters([8, 8, 8, 8, 4, 4, 4, 4]);
        NormalsDevice form = await Elsewhere(() => new NormalsDevice(device));
        DeviceArray<float> normals = await Elsewhere(() => new DeviceArray<float>(device, 8));
        await Elsewhere(() => { form.Fill(queue, Stream, 0, 8, normals); return 0; });
        foreach (IDisposable held in new IDisposable[] { array, queue, normals, device })
            await Elsewhere(() => { held.Dispose(); return 0; });
        Assert.Equal(0, driver.Allocations);
        Assert.Equal(["cuModuleUnload 1", "cuDevicePrimaryCtxRelease_v2 40"], driver.Log[^2..]);

        static Task<T> Elsewhere<T>(Func<T> work) =>
            Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    [Fact]
    public void What_outlives_its_device_can_still_be_disposed_and_no_longer_used()
    {
        using var driver = new FakeCuda();
        IDevice device = driver.Open();
        IDeviceQueue queue = device.CreateQueue();
        var array = new DeviceArray<int>(device, 3);
        device.Dispose();
        Assert.Throws<ObjectDisposedException>(() => queue.Finish());
        Assert.Throws<ObjectDisposedException>(() => device.Allocate(1));
        queue.Dispose();
        array.Dispose();
        device.Dispose();
        Assert.Single(driver.Log, l => l == "cuDevicePrimaryCtxRelease_v2 40");
    }
}
