using System.CommandLine;
using Sweeps.Compute.Devices;

namespace Sweeps.Client.Commands;

/// <summary>The option <c>--device</c>.</summary>
internal static class DeviceOption
{
    /// <param name="usual">What it is if nothing is said.</param>
    public static Option<DeviceChoice> Create(DeviceChoice usual) => new("--device")
    {
        Description = "Where to compute: the processor, or devices by driver and number, all of a driver without a number; "
            + "auto gives GPUs the points that they measure faster. 'sweeps devices' lists them.",
        HelpName = "auto|cpu|opencl[:i]|cuda[:i]",
        DefaultValueFactory = _ => usual,
        CustomParser = result =>
        {
            if (DeviceChoice.TryParse(result.Tokens[0].Value, out DeviceChoice? choice, out string? mistake)) return choice;
            result.AddError($"--device: {mistake}");
            return null;
        },
    };
}
