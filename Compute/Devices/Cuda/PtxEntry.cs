using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Sweeps.Compute.Devices.Cuda;

/// <summary>A kernel in PTX: the driver takes any arguments for it, so that its parameters must be known here to be checked.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ParameterBytes">Size of each parameter.</param>
/// <param name="GroupSize">Threads in a group (<c>.maxntid</c>).</param>
internal sealed partial record PtxEntry(string Name, ImmutableArray<int> ParameterBytes, int GroupSize)
{
    /// <summary>All kernels of a PTX text.</summary>
    /// <exception cref="FormatException">A kernel without a group size, or a parameter that is no number or pointer.</exception>
    public static ImmutableArray<PtxEntry> Read(string ptx) => [.. Entries().Matches(ptx).Select(Of)];

    private static PtxEntry Of(Match entry)
    {
        string name = entry.Groups["name"].Value;
        if (!entry.Groups["threads"].Success) throw new FormatException($"kernel {name} is not declared by KERNEL(name, threads)");
        string[] parameters =
            entry.Groups["parameters"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return new(name, [.. parameters.Select(Bytes)], int.Parse(entry.Groups["threads"].Value, CultureInfo.InvariantCulture));

        int Bytes(string parameter) => Parameter().Match(parameter) is { Success: true } match
            ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) / 8
            : throw new FormatException($"parameter '{parameter}' of kernel {name} is neither a number nor a pointer");
    }

    [GeneratedRegex(@"\.entry\s+(?<name>[\w$]+)\s*\((?<parameters>[^)]*)\)\s*(\.maxntid\s+(?<threads>\d+),\s*1,\s*1\s)?")]
    private static partial Regex Entries();

    [GeneratedRegex(@"^\.param\s+\.[usfb](8|16|32|64)\s+[\w$]+$")]
    private static partial Regex Parameter();
}
