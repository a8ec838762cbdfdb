namespace Sweeps.Compute.Devices;

/// <summary>An open device. Any number of threads may have sessions on it; they are disposed of first.</summary>
public sealed class ComputeDevice : IDisposable
{
    private readonly IDevice device;

    private ComputeDevice(IDevice device) => this.device = device;

    internal IDevice Inner => device;

    public DeviceDescription Description => device.Description;

    /// <summary>Bytes of its memory that are allocated through this; what drivers and other processes take is not among them.</summary>
    public long AllocatedBytes => device.AllocatedBytes;

    /// <exception cref="DeviceException">It is not to be had after all.</exception>
    public static ComputeDevice Open(DetectedDevice detected) => new(detected.Open());

    public DeviceSession CreateSession() => new(device);

    public void Dispose() => device.Dispose();
}
