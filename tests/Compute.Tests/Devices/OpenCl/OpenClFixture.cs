using Sweeps.Compute.Devices;

namespace Sweeps.Compute.Tests.Devices.OpenCl;

/// <summary>The first OpenCL device, opened once; none is a failure, for <c>tests/run</c> installs one.</summary>
public sealed class OpenClFixture : IDisposable
{
    public OpenClFixture()
    {
        DeviceCatalogue catalogue = DeviceCatalogue.Discover();
        DetectedDevice first = catalogue.Devices.FirstOrDefault(d => d.Description.Kind == DeviceKind.OpenCl)
            ?? throw new InvalidOperationException($"OpenCL is needed (Debian: pocl-opencl-icd): {catalogue.Missing[DeviceKind.OpenCl]}");
        Device = first.Open();
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

[CollectionDefinition("OpenCL")]
#pragma warning disable CA1711 // xunit's word.
public sealed class OpenClCollection : ICollectionFixture<OpenClFixture>;
#pragma warning restore CA1711
