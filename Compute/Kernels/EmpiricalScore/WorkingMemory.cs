using Sweeps.Compute.Devices;

namespace Sweeps.Compute.Kernels.EmpiricalScore;

/// <summary>How much of a device's memory panels may take: enough to keep it busy, less each time that it has no more to give.</summary>
internal sealed class WorkingMemory
{
    /// <summary>Panels that are larger gain nothing: 512 MB of products fill the largest device many times.</summary>
    private const long Most = 1L << 27;

    private const long Least = 1L << 16;

    private const int Tile = 128;

    /// <param name="device">Whose memory.</param>
    public WorkingMemory(DeviceDescription device)
        : this(Math.Max(Least, Math.Min(Most, Math.Min(device.MemoryBytes / 4, device.LargestAllocation) / sizeof(float))))
    {
    }

    /// <param name="floats">How much at first.</param>
    public WorkingMemory(long floats) => Floats = floats;

    public long Floats { get; private set; }

    /// <summary>Points of a panel: whole tiles.</summary>
    /// <param name="floatsPerPoint">What each takes.</param>
    /// <param name="most">No more than this, filled up to a tile.</param>
    public int Points(long floatsPerPoint, long most) =>
        (int)(Math.Clamp(Floats / floatsPerPoint / Tile, 1, (most + Tile - 1) / Tile) * Tile);

    /// <summary>Does the work, with half the memory each time that it runs out.</summary>
    /// <param name="work">Starts from its beginning every time, and leaves nothing allocated when it fails.</param>
    /// <exception cref="DeviceException">The device failed otherwise, or the least that can be asked for is more than it has.</exception>
    public void Run(Action work)
    {
        while (true)
        {
            try
            {
                work();
                return;
            }
            catch (DeviceException e) when (e.Cause == DeviceFailure.OutOfMemory && Floats > Least)
            {
                Floats = Math.Max(Least, Floats / 2);
            }
        }
    }
}
