using Sweeps.Compute.Experiments;
using Sweeps.Grains.Hosts;

namespace Sweeps.Dashboard.Hosting;

/// <summary>The sweeps that pages and API show and steer.</summary>
/// <param name="Server">Where they are asked for: a cluster, or the run in this process.</param>
/// <param name="Datasets">Where their rows are.</param>
/// <param name="Catalogue">The experiments there are.</param>
/// <param name="Clock">Of pauses and of ages on pages.</param>
internal sealed record SweepSource(
    ISweepServer Server, ISweepDatasets Datasets, IReadOnlyCollection<IExperiment> Catalogue, TimeProvider Clock)
{
    /// <summary>Whether it is the run of this process: one sweep, which nothing can be submitted beside.</summary>
    public bool IsLocalRun => Server is LocalSweepServer;

    /// <summary>The command that goes on with the run of this process when that has ended; null for a cluster.</summary>
    public string? ResumeLine => (Server as LocalSweepServer)?.ResumeLine;
}
