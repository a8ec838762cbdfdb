using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace Sweeps.Compute.Devices;

/// <summary>
/// A kernel text: a <c>.cl</c> resource, named by its path under <c>Compute/</c>, that includes others by theirs. OpenCL compiles it here,
/// after <c>Devices/Text/opencl.h</c>; for CUDA it has been compiled to the <c>.ptx</c> beside it by <c>Devices/Text/make-ptx</c>.
/// </summary>
internal sealed partial class DeviceText
{
    private const string OpenClHeader = "Devices/Text/opencl.h";

    private static readonly Assembly Resources = typeof(DeviceText).Assembly;
    private static readonly ConcurrentDictionary<string, DeviceText> Known = new();

    private readonly Lazy<string> openCl;
    private readonly Lazy<string> ptx;

    private DeviceText(string name, Func<string> openCl, Func<string> ptx) =>
        (Name, this.openCl, this.ptx) = (name, new(openCl), new(ptx));

    /// <summary>Path of the resource.</summary>
    public string Name { get; }

    /// <summary>The complete text for OpenCL, inclusions done.</summary>
    public string OpenCl => openCl.Value;

    public string Ptx => ptx.Value;

    /// <param name="name">Path under <c>Compute/</c>, such as <c>Random/FillNormals.cl</c>.</param>
    public static DeviceText Of(string name) =>
        Known.GetOrAdd(name, n => new(
            n, () => Include(OpenClHeader, []) + Include(n, []), () => Resource(Path.ChangeExtension(n, ".ptx"))));

    /// <summary>A text that is no resource, but may include those that are.</summary>
    /// <param name="name">What messages call it; a device keeps one text of a name.</param>
    /// <param name="source">As in a <c>.cl</c> file.</param>
    /// <param name="ptx">Gives the same, compiled; asked for by CUDA only.</param>
    public static DeviceText Of(string name, string source, Func<string> ptx) =>
        new(name, () => Include(OpenClHeader, []) + Expand(name, source, []), ptx);

    /// <summary>Resources with kernels in them.</summary>
    public static IEnumerable<DeviceText> All() => Resources.GetManifestResourceNames()
        .Where(n => n.EndsWith(".cl", StringComparison.Ordinal) && Kernel().IsMatch(Resource(n)))
        .Order(StringComparer.Ordinal)
        .Select(Of);

    // Each once, as #pragma once has it, which is not OpenCL's.
    private static string Include(string name, HashSet<string> included) =>
        included.Add(name) ? Expand(name, Resource(name), included) : "";

    // Line numbers stay those of the file, for the messages of the driver.
    private static string Expand(string name, string source, HashSet<string> included)
    {
        var text = new StringBuilder($"#line 1 \"{name}\"\n");
        int number = 0;
        foreach (string line in source.ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            if (Inclusion().Match(line) is { Success: true } match)
                text.Append(Include(match.Groups[1].Value, included))
                    .Append(CultureInfo.InvariantCulture, $"#line {number + 1} \"{name}\"\n");
            else
                text.Append(line == "#pragma once" ? "" : line).Append('\n');
        }
        return text.ToString();
    }

    private static string Resource(string name)
    {
        using Stream stream = Resources.GetManifestResourceStream(name)
            ?? throw new ArgumentException($"there is no kernel text {name}", nameof(name));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex("^KERNEL\\(", RegexOptions.Multiline)]
    private static partial Regex Kernel();

    [GeneratedRegex("^#include \"([^\"]+)\"$")]
    private static partial Regex Inclusion();
}
