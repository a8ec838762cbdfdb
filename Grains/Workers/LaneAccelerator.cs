using Sweeps.Compute.Devices;
using Sweeps.Compute.Experiments;
using Sweeps.Grains.Specs;

namespace Sweeps.Grains.Workers;

/// <summary>A device with a driver. A few points are in hand at once: while one waits for the device, another is prepared.</summary>
/// <param name="device">The device; opened at the first point.</param>
/// <param name="pointsInHand">How many.</param>
public sealed class LaneAccelerator(DetectedDevice device, int pointsInHand = LaneAccelerator.UsualPointsInHand) : ILaneDevice
{
    /// <summary>One computes, one is prepared, and one is read out.</summary>
    private const int UsualPointsInHand = 3;

    private readonly SemaphoreSlim hands = new(pointsInHand);
    private readonly object gate = new();
    private readonly List<Opening> openings = [];

    public string Name => device.Description.ToString();

    public string Kind => device.Description.Kind.Word();

    public LaneMemory? Memory => new(AllocatedBytes, device.Description.MemoryBytes);

    public int Threads => pointsInHand;

    public DeviceDescription Description => device.Description;

    /// <remarks>Waits until one of the points in hand is done, if more threads ask.</remarks>
    public LaneResources ResourcesFor(SweepSpec spec, PointKeys keys, IParallelLoop loop)
    {
        hands.Wait();
        try
        {
            lock (gate)
            {
                if (openings.Count == 0 || openings[^1].IsLost) openings.Add(new(ComputeDevice.Open(device)));
                Opening opening = openings[^1];
                DeviceSession session = opening.Rent();
                // What a point leaves to the processor is little, and belongs to its own thread.
                return new(
                    device.Description.Kind.Word(), new(SequentialLoop.Instance, session), () => Lose(opening), () => GiveBack(opening, session));
            }
        }
        catch
        {
            hands.Release();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (Opening opening in openings) opening.Dispose();
        hands.Dispose();
    }

    private long AllocatedBytes()
    {
        lock (gate) return openings.Sum(opening => opening.AllocatedBytes);
    }

    private int Lose(Opening opening)
    {
        lock (gate)
        {
            opening.IsLost = true;
            return openings.Count(each => each.IsLost);
        }
    }

    private void GiveBack(Opening opening, DeviceSession session)
    {
        lock (gate) opening.GiveBack(session);
        hands.Release();
    }

    /// <summary>The device from its opening to its loss, with the sessions that are made on it.</summary>
    private sealed class Opening(ComputeDevice device) : IDisposable
    {
        private readonly List<DeviceSession> all = [];
        private readonly Stack<DeviceSession> idle = [];

        public bool IsLost { get; set; }

        /// <summary>None after its loss: the driver has taken back what it had.</summary>
        public long AllocatedBytes => IsLost ? 0 : device.AllocatedBytes;

        public DeviceSession Rent()
        {
            if (idle.TryPop(out DeviceSession? known)) return known;
            all.Add(device.CreateSession());
            return all[^1];
        }

        public void GiveBack(DeviceSession session) => idle.Push(session);

        public void Dispose()
        {
            foreach (DeviceSession session in all) session.Dispose();
            device.Dispose();
        }
    }
}
