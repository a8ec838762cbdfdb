using System.CommandLine;
using Sweeps.Grains.Specs;

namespace Sweeps.Client.Commands;

/// <summary>The option <c>--device</c>.</summary>
internal static class DeviceOption
{
    private static readonly string[] Known = ["auto", "cpu"];

    // Promised by the interface, and not here yet: whoever asks for them learns that, not that the word is unknown.
    private static readonly string[] Promised = ["opencl", "cuda"];

    public static Option<string> Create() => new("--device")
    {
        Description = "Where to compute [default: auto, which is the CPU in this version].",
        HelpName = string.Join('|', Known),
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (Known.Contains(text)) return text;
            result.AddError(Promised.Contains(text.Split(':')[0])
                ? $"--device {Shown.OneLine(text)} is not available in this version; leave it out, or use --device cpu"
                : $"--device is {Shown.As(text)}, not one of {string.Join(", ", Known)}");
            return null;
        },
    };
}
