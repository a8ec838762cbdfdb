using Sweeps.Compute.Devices;
using Sweeps.Compute.Experiments;
using Sweeps.Dashboard;
using Sweeps.Grains.Workers;

namespace Sweeps.Client.Running;

/// <summary>What <c>--device</c> and <c>--threads</c> come to, or the mistake in them.</summary>
internal static class CheckedDevices
{
    public static Checked<ChosenDevices> Of(
        DeviceChoice choice, int? threads, IReadOnlyCollection<IExperiment> catalogue, TimeProvider clock) =>
        ChosenDevices.TryChoose(choice, threads, catalogue, clock, out var chosen, out string? objection)
            ? Checked<ChosenDevices>.Right(chosen)
            : Checked<ChosenDevices>.Wrong($"--device {choice}: {objection}; leave it out, or write --device cpu");
}
