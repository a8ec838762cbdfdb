namespace Sweeps.Compute.Devices;

/// <summary>
/// An open device. Any number of threads may use it. What it has loaded goes with it; what was allocated or created is its owner's to
/// dispose, before it.
/// </summary>
internal interface IDevice : IDisposable
{
    DeviceDescription Description { get; }

    /// <summary>The kernels of a text, compiled at the first call and kept.</summary>
    /// <exception cref="DeviceException">The driver refused the text.</exception>
    IDeviceModule Load(DeviceText text);

    /// <summary>Memory on the device, its content arbitrary. For typed memory see <see cref="DeviceArray{T}"/>.</summary>
    /// <exception cref="DeviceException">Out of memory.</exception>
    IDeviceBuffer Allocate(long bytes);

    /// <summary>Bytes of the buffers that were allocated here and are not disposed of.</summary>
    long AllocatedBytes { get; }

    IDeviceQueue CreateQueue();
}
