namespace Sweeps.Compute.Devices;

/// <summary>A device that is here and can be opened.</summary>
internal sealed class DetectedDevice(DeviceDescription description, Func<IDevice> open)
{
    public DeviceDescription Description { get; } = description;

    /// <exception cref="DeviceException">It is not to be had after all.</exception>
    public IDevice Open() => open();
}
