using System.CommandLine;
using Sweeps.Compute.Experiments;
using Sweeps.Dashboard;
using Sweeps.Dashboard.Datasets;

namespace Sweeps.Client.Commands;

/// <summary>The argument DIR.</summary>
internal sealed class FolderArgument(IReadOnlyCollection<IExperiment> catalogue)
{
    public Argument<string> Path { get; } = new("DIR") { Description = "The folder of a sweep, such as runs/phase-diagram." };

    /// <summary>Opens the sweep's rows, to read.</summary>
    /// <exception cref="IOException">It is there, but cannot be read.</exception>
    public Checked<SweepFolder> Open(ParseResult line) => SweepFolder.Open(line.GetRequiredValue(Path), catalogue);
}
