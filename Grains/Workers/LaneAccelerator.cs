using Sweeps.Compute.Devices;
using Sweeps.Compute.Experiments;
using Sweeps.Grains.Specs;

namespace Sweeps.Grains.Workers;

/// <summary>A device with a driver. Each thread has a session of its own; while one waits for the device, another prepares its next point.</summary>
/// <param name="device">The device.</param>
/// <param name="threads">Points in hand at once.</param>
public sealed class LaneAccelerator(DetectedDevice device, int threads = LaneAccelerator.PointsInHand) : ILaneDevice
{
    /// <summary>One point computes, one is prepared, and one is read out.</summary>
    private const int PointsInHand = 3;

    private readonly object gate = new();
    private readonly List<OpenDevice> openings = [];

    public string Name => device.Description.ToString();

    public int Threads => threads;

    public LaneResources ResourcesFor(SweepSpec spec, PointKeys first, IParallelLoop loop)
    {
        OpenDevice open;
        int opening;
        lock (gate)
        {
            if (openings.Count == 0 || openings[^1].IsLost) openings.Add(new(device));
            (open, opening) = (openings[^1], openings.Count - 1);
        }
        // A point's work for the processor is little, and belongs to its own thread.
        return new(this, device.Description.Kind.Word(), new(SequentialLoop.Instance, open.Session), opening);
    }

    public int Lose(LaneResources lost)
    {
        lock (gate)
        {
            openings[lost.Opening].IsLost = true;
            return openings.Count(open => open.IsLost);
        }
    }

    public void Dispose()
    {
        foreach (OpenDevice open in openings) open.Dispose();
    }

    private sealed class OpenDevice : IDisposable
    {
        private readonly ComputeDevice device;
        private readonly ThreadLocal<DeviceSession> sessions;

        public OpenDevice(DetectedDevice detected)
        {
            device = ComputeDevice.Open(detected);
            sessions = new(device.CreateSession, true);
        }

        public bool IsLost { get; set; }

        /// <summary>The calling thread's.</summary>
        public DeviceSession Session => sessions.Value!;

        public void Dispose()
        {
            foreach (DeviceSession session in sessions.Values) session.Dispose();
            sessions.Dispose();
            device.Dispose();
        }
    }
}
