namespace Sweeps.Compute.Devices;

/// <summary>A device failed; the message is one sentence with the driver's name and number of the error.</summary>
internal sealed class DeviceException(DeviceFailure cause, string message) : Exception(message)
{
    public DeviceFailure Cause { get; } = cause;
}
