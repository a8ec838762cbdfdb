using Sweeps.Compute.Devices;

namespace Sweeps.Compute.Tests.Devices.Cuda;

public class CudaFailureTests
{
    [Theory]
    [InlineData(999, "CUDA_ERROR_UNKNOWN (999)")]
    [InlineData(100, "CUDA_ERROR_NO_DEVICE (100)")]
    [InlineData(803, "CUDA_ERROR_SYSTEM_DRIVER_MISMATCH (803)")]
    [InlineData(12345, "an error without a name (12345)")]
    public void A_driver_that_does_not_start_is_one_sentence(int status, string error)
    {
        using var driver = new FakeCuda();
        driver.Fail("cuInit", status);
        DeviceCatalogue catalogue = driver.Discover();
        Assert.Empty(catalogue.Devices);
        Assert.Equal($"the CUDA driver does not start: cuInit failed: {error}", catalogue.Missing[DeviceKind.Cuda]);
    }

    [Fact]
    public void A_driver_without_a_card_and_a_card_too_old_are_one_sentence_each()
    {
        using var none = new FakeCuda();
        none.Devices(0);
        Assert.Equal("the CUDA driver has no device", none.Discover().Missing[DeviceKind.Cuda]);

        using var old = new FakeCuda();
        old.Capability(75);
        Assert.Equal("cuda:0 (Pretended Card 0) has compute capability 7.5, and 8.0 is needed", old.Discover().Missing[DeviceKind.Cuda]);
    }

    [Fact]
    public void A_card_that_cannot_be_asked_does_not_hide_the_others()
    {
        using var driver = new FakeCuda();
        driver.Devices(2);
        driver.Fail("cuDeviceTotalMem_v2", 999, after: 1);
        Assert.Equal("cuda:0", Assert.Single(driver.Discover().Devices).Description.Word);
    }

    [Fact]
    public void Too_large_an_allocation_is_out_of_memory_and_the_next_one_works()
    {
        using var driver = new FakeCuda();
        using IDevice device = driver.Open();
        DeviceException e = Assert.Throws<DeviceException>(() => device.Allocate(5L << 30));
        Assert.Equal(DeviceFailure.OutOfMemory, e.Cause);
        Assert.Equal(
            "cuda:0 (Pretended Card 0): allocation of 5368709120 bytes failed: CUDA_ERROR_OUT_OF_MEMORY (2), out of memory", e.Message);
        using IDeviceBuffer buffer = device.Allocate(0);
        Assert.Equal(0, buffer.Bytes);
        using (device.Allocate(4096)) Assert.Equal(4096, device.AllocatedBytes);
        Assert.Equal(0, device.AllocatedBytes);
    }

    [Theory]
    [InlineData(2, nameof(DeviceFailure.OutOfMemory))]
    [InlineData(214, nameof(DeviceFailure.Lost))]
    [InlineData(700, nameof(DeviceFailure.Lost))]
    [InlineData(702, nameof(DeviceFailure.Lost))]
    [InlineData(716, nameof(DeviceFailure.Lost))]
    [InlineData(719, nameof(DeviceFailure.Lost))]
    [InlineData(999, nameof(DeviceFailure.Lost))]
    [InlineData(100, nameof(DeviceFailure.Unavailable))]
    [InlineData(222, nameof(DeviceFailure.Build))]
    [InlineData(1, nameof(DeviceFailure.Other))]
    [InlineData(701, nameof(DeviceFailure.Other))]
    public void The_cause_follows_from_the_number_of_the_error(int status, string cause)
    {
        using var driver = new FakeCuda();
        using IDevice device = driver.Open();
        using IDeviceQueue queue = device.CreateQueue();
        driver.Fail("cuStreamSynchronize", status);
        DeviceException e = Assert.Throws<DeviceException>(queue.Finish);
        Assert.Equal(Enum.Parse<DeviceFailure>(cause), e.Cause);
        Assert.StartsWith("cuda:0 (Pretended Card 0): waiting for the queue failed: ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lost_device_says_so_in_every_call_and_is_disposed_quietly()
    {
        using var driver = new FakeCuda();
        IDevice device = driver.Open();
        IDeviceQueue queue = device.CreateQueue();
        var array = new DeviceArray<int>(device, 4);
        foreach (string function in new[] { "cuStreamSynchronize", "cuMemcpyHtoDAsync_v2", "cuMemcpyDtoHAsync_v2", "cuMemsetD32Async" })
            driver.Fail(function, 700);
        foreach (string function in new[] { "cuMemFree_v2", "cuStreamDestroy_v2", "cuMemFreeHost" }) driver.Fail(function, 700);
        Action[] calls = [() => array.Write(queue, [1]), () => array.Read(queue, new int[1]), () => array.Clear(queue), queue.Finish];
        foreach (Action call in calls) Assert.Equal(DeviceFailure.Lost, Assert.Throws<DeviceException>(call).Cause);
        queue.Dispose();
        array.Dispose();
        device.Dispose();
    }

    [Fact]
    public void A_text_that_the_driver_refuses_is_named_with_its_log()
    {
        using var driver = new FakeCuda();
        using IDevice device = driver.Open();
        DeviceException e = Assert.Throws<DeviceException>(() => device.Load(DeviceText.Of("broken.cl", "", () => "no PTX at all")));
        Assert.Equal(DeviceFailure.Build, e.Cause);
        Assert.Equal(
            "cuda:0 (Pretended Card 0): compilation of broken.cl (ptxas fatal : missing .version) failed: CUDA_ERROR_INVALID_PTX (218)",
            e.Message);
    }

    [Fact]
    public void A_queue_that_gets_no_stream_gives_its_memory_back()
    {
        using var driver = new FakeCuda();
        using IDevice device = driver.Open();
        driver.Fail("cuStreamCreate", 2);
        Assert.Equal(DeviceFailure.OutOfMemory, Assert.Throws<DeviceException>(device.CreateQueue).Cause);
        Assert.Equal(0, driver.Allocations);
    }
}
