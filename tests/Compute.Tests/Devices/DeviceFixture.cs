using Sweeps.Compute.Devices;

namespace Sweeps.Compute.Tests.Devices;

/// <summary>
/// The device that the tests of kernels run on, opened once: that of <c>SWEEPS_TEST_DEVICE</c>, written as for <c>--device</c>, else the first
/// of OpenCL. None is a failure, for <c>tests/run</c> installs one. On a machine with a GPU, <c>SWEEPS_TEST_DEVICE=cuda</c> runs them there.
/// </summary>
public sealed class DeviceFixture : IDisposable
{
    public DeviceFixture()
    {
        string wanted = Environment.GetEnvironmentVariable("SWEEPS_TEST_DEVICE") ?? "opencl";
        if (!DeviceChoice.TryParse(wanted, out DeviceChoice? choice, out string? mistake)) throw new InvalidOperationException(mistake);
        DetectedDevice device = DeviceCatalogue.Discover().Find(choice)
            ?? throw new InvalidOperationException($"SWEEPS_TEST_DEVICE is {wanted}, which is no device for kernels");
        Device = device.Open();
        Queue = Device.CreateQueue();
    }

    internal IDevice Device { get; }

    /// <summary>For tests of this collection, which run one after another.</summary>
    internal IDeviceQueue Queue { get; }

    public void Dispose()
    {
        Queue.Dispose();
        Device.Dispose();
    }
}

[CollectionDefinition("Device")]
#pragma warning disable CA1711 // xunit's word.
public sealed class DeviceCollection : ICollectionFixture<DeviceFixture>;
#pragma warning restore CA1711
