using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using Sweeps.Compute.Experiments;
using Sweeps.Dashboard;
using Sweeps.Dashboard.Datasets;
using Sweeps.Grains.Specs;

namespace Sweeps.Client.Commands;

/// <summary>The argument SPEC and the option <c>--set</c>, and how they become a spec.</summary>
internal sealed class SpecFile(IReadOnlyCollection<IExperiment> catalogue)
{
    public Argument<string> Path { get; } = new("SPEC") { Description = "The spec, a YAML file." };

    public Option<string[]> Set { get; } = OptionKinds.Repeated("--set", "KEY=VALUE",
        "Give a key this value, whatever the spec says; a list '[1, 2]' or a range '{ from: 0, to: 1, count: 5 }' makes it an axis. "
        + "Repeat it for more keys.");

    public void AddTo(Command command)
    {
        command.Add(Path);
        command.Add(Set);
    }

    /// <summary>Reads and checks the spec; all mistakes at once.</summary>
    /// <exception cref="IOException">The file is there, but cannot be read.</exception>
    public Checked<SweepSpec> Read(ParseResult line)
    {
        string path = line.GetRequiredValue(Path);
        ImmutableArray<string> mistakes = Pairs.Split(line.GetValue(Set), "--set ", out var overrides);
        if (Directory.Exists(path))
            return Checked<SweepSpec>.Wrong([.. mistakes, $"{path} is a folder; name a spec, a YAML file"]);
        if (!File.Exists(path))
            return Checked<SweepSpec>.Wrong([.. mistakes, $"{path}: there is no such file; name a spec, a YAML file"]);
        if (new FileInfo(path).Length > SpecReader.MaximumBytes)
            return Checked<SweepSpec>.Wrong(
                [.. mistakes, $"{path} is larger than {SpecReader.MaximumBytes} bytes; write long axes as ranges"]);

        var reading = SpecReader.Read(File.ReadAllText(path, Encoding.UTF8), path, overrides, catalogue);
        return reading.IsValid && mistakes.IsEmpty
            ? Checked<SweepSpec>.Right(reading.Spec)
            : Checked<SweepSpec>.Wrong([.. reading.Mistakes.Select(mistake => mistake.ToString()), .. mistakes]);
    }
}
