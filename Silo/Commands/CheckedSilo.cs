using System.Collections.Immutable;
using Sweeps.Grains.Workers;
using Sweeps.Silo.Settings;

namespace Sweeps.Silo.Commands;

/// <summary>Settings and the devices that they name, checked together: whatever is wrong is told at once.</summary>
/// <param name="Settings">Checked.</param>
/// <param name="Devices">Found, opened once, and checked; whoever asked disposes of them.</param>
internal sealed record CheckedSilo(SiloSettings Settings, ChosenDevices Devices)
{
    public static (CheckedSilo? Silo, ImmutableArray<string> Mistakes) Of(SiloWorld world, Func<SettingKey, string?> flags)
    {
        var reading = SettingsReader.Read(flags, world.Variable);
        // Without settings nothing runs, and a device may take a while to open: its mistakes wait for those of the text.
        if (reading.Settings is not { } settings) return (null, reading.Mistakes);
        return ChosenDevices.TryChoose(settings.Device, settings.Threads, world.Catalogue, world.Time, out var chosen,
            out string? objection)
            ? (new(settings, chosen), [])
            : (null, [$"{reading.DevicePlace}: {objection}; leave it out, or write cpu"]);
    }
}
