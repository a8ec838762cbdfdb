using Sweeps.Compute.Devices;
using Sweeps.Compute.Experiments;
using Sweeps.Grains.Specs;
using Sweeps.Grains.Workers;

namespace Sweeps.Grains.Tests.Workers;

/// <summary>
/// A device that is lost when the test says so: every point that it has in hand at that moment is lost with it, and whoever asks then gets it anew.
/// </summary>
internal sealed class FakeLaneDevice(string name, int threads = 2) : ILaneDevice
{
    private readonly object gate = new();
    private Opening opening = new();
    private int begun;
    private int losses;

    public string Name => name;

    public int Threads => threads;

    /// <summary>The word in the column <c>device</c>.</summary>
    public string Word { get; init; } = LaneProcessor.Device;

    /// <summary>Whether it is lost at the n-th point, from 1, that begins on it.</summary>
    public Func<int, bool> IsLostAt { get; init; } = _ => false;

    /// <summary>Called where the n-th point is in the middle.</summary>
    public Action<int> Meanwhile { get; init; } = _ => { };

    /// <summary>Whether it says that it was lost once, however often: as a lane that can go on without.</summary>
    public bool HasPatience { get; init; }

    /// <summary>Why it cannot be opened; null: it can.</summary>
    public string? Closed { get; set; }

    /// <summary>Points that began.</summary>
    public int Begun => Volatile.Read(ref begun);

    public int Losses => Volatile.Read(ref losses);

    /// <summary>Resources that were not given back.</summary>
    public int InHand;

    public LaneResources ResourcesFor(SweepSpec spec, PointKeys first, IParallelLoop loop)
    {
        lock (gate)
        {
            if (Closed is { } reason) throw new DeviceException(DeviceFailure.Unavailable, reason);
            if (opening.IsKnownLost) opening = new();
            var mine = opening;
            Interlocked.Increment(ref InHand);
            return new(Word, new(new LosableLoop(this, mine)), () => Lose(mine), () => Interlocked.Decrement(ref InHand));
        }
    }

    public void Dispose()
    {
    }

    private int Lose(Opening lost)
    {
        lock (gate)
        {
            if (!lost.IsKnownLost) losses++;
            lost.IsKnownLost = true;
            return HasPatience ? 1 : losses;
        }
    }

    private sealed class Opening
    {
        public volatile bool IsLost;

        public bool IsKnownLost { get; set; }
    }

    /// <summary>Called once per point by the fake experiment.</summary>
    private sealed class LosableLoop(FakeLaneDevice device, Opening opening) : IParallelLoop
    {
        public void For(int count, Action<int> body)
        {
            int number = Interlocked.Increment(ref device.begun);
            SequentialLoop.Instance.For(count, body);
            device.Meanwhile(number);
            if (device.IsLostAt(number)) opening.IsLost = true;
            if (opening.IsLost) throw new DeviceException(DeviceFailure.Lost, $"{device.Name} is lost: error 719");
        }
    }
}
