using Sweeps.Compute.Devices;
using Sweeps.Grains.Workers;

namespace Sweeps.Grains.Hosts.Local;

/// <summary>
/// A lane per device of this process. A device that is of no more use leaves its work to the others; any other failure stops them all.
/// </summary>
/// <param name="laneOf">Makes a lane.</param>
/// <param name="workerOf">What it is called.</param>
/// <param name="retired">Hears of a device that left, and why.</param>
internal sealed class LocalLanes(
    Func<ILaneDevice, Lane> laneOf, Func<ILaneDevice, string> workerOf, Action<ILaneDevice, DeviceException> retired)
{
    /// <summary>Works until no lane finds more to do.</summary>
    /// <exception cref="DeviceException">The last device has left.</exception>
    public async Task RunAsync(IReadOnlyList<ILaneDevice> devices, CancellationToken cancellation)
    {
        while (true)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var losses = await Task.WhenAll(devices.Select(device => RunAsync(device, stop))).ConfigureAwait(false);
            DeviceException? last = null;
            foreach (var (device, loss) in devices.Zip(losses))
                if (loss is not null) retired(device, last = loss);
            // What a device handed back when it left may have come too late for a lane that had ended by then.
            if (last is null || cancellation.IsCancellationRequested) return;
            devices = [.. devices.Zip(losses).Where(pair => pair.Second is null).Select(pair => pair.First)];
            if (devices.Count == 0) throw last;
        }
    }

    private async Task<DeviceException?> RunAsync(ILaneDevice device, CancellationTokenSource stop)
    {
        try
        {
            await laneOf(device).RunAsync(workerOf(device), CancellationToken.None, stop.Token).ConfigureAwait(false);
            return null;
        }
        catch (DeviceException lost)
        {
            return lost;
        }
        catch
        {
            await stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }
}
