namespace Sweeps.Compute.Devices;

/// <summary>Bytes allocated on a device and not given back; counted on any thread.</summary>
internal sealed class DeviceAllocations
{
    private long bytes;

    public long Bytes => Interlocked.Read(ref bytes);

    public void Add(long allocated) => Interlocked.Add(ref bytes, allocated);

    public void Remove(long freed) => Interlocked.Add(ref bytes, -freed);
}
