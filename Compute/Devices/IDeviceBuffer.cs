namespace Sweeps.Compute.Devices;

/// <summary>Memory on a device. A kernel gets all of it: one that begins elsewhere takes where as a parameter.</summary>
internal interface IDeviceBuffer : IDisposable
{
    long Bytes { get; }
}
