using Sweeps.Compute.Devices;

namespace Sweeps.Compute.Experiments.Mixture;

/// <summary>
/// Keeps little enough work in a device's queue that a cancellation is heard soon, and each launch so short that the watchdog of a card
/// with a screen leaves it alone.
/// </summary>
/// <param name="queue">Where the work goes.</param>
/// <param name="largest">Work of one launch, and of all that is not known to be done; coordinate-steps.</param>
/// <param name="cancellation">Looked at whenever the queue has been waited for.</param>
internal sealed class LaunchPace(IDeviceQueue queue, long largest, CancellationToken cancellation)
{
    /// <summary>Some 40 ms of a multiprocessor, or a quarter of a second of a processor's core.</summary>
    public const long WorkPerUnit = 1L << 24;

    private long pending;

    /// <summary>Steps that one launch may make of so many coordinates, at least one.</summary>
    public int Steps(long coordinates) => (int)Math.Clamp(largest / coordinates, 1, int.MaxValue);

    /// <summary>To be called before a launch: waits where too much is pending.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Before(long work)
    {
        if (pending > 0 && pending + work > largest)
        {
            queue.Finish();
            cancellation.ThrowIfCancellationRequested();
            pending = 0;
        }
        pending += work;
    }
}
