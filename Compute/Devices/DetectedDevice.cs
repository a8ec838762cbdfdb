namespace Sweeps.Compute.Devices;

/// <summary>A device that is here and can be opened.</summary>
public sealed class DetectedDevice
{
    private readonly Func<IDevice> open;

    internal DetectedDevice(DeviceDescription description, Func<IDevice> open) => (Description, this.open) = (description, open);

    public DeviceDescription Description { get; }

    /// <exception cref="DeviceException">It is not to be had after all.</exception>
    internal IDevice Open() => open();
}
