using Sweeps.Compute.Experiments;
using Sweeps.Dashboard.Datasets;
using Sweeps.Dashboard.Status;
using Sweeps.Grains.Hosts;

namespace Sweeps.Dashboard.Hosting;

/// <summary>Datasets of a cluster, on the file system that this machine shares with the silos.</summary>
/// <param name="server">Says where silos have their data.</param>
/// <param name="data">The folder of datasets as this machine has it; null if it is at the same place as on the silos.</param>
/// <param name="catalogue">The experiments there are.</param>
internal sealed class ClusterDatasets(ISweepServer server, string? data, IReadOnlyCollection<IExperiment> catalogue) : ISweepDatasets
{
    /// <inheritdoc/>
    public async Task<Checked<SweepFolder>> OpenAsync(string id, CancellationToken cancellation)
    {
        string[] folders = data is not null
            ? [Path.Combine(data, id)]
            : [.. (await server.SilosAsync(cancellation).ConfigureAwait(false)).DatasetFolders(id)];
        string? here = folders.FirstOrDefault(folder => File.Exists(Path.Combine(folder, "sweep.json")));
        if (here is not null) return SweepFolder.Open(here, catalogue);
        return Checked<SweepFolder>.Wrong(folders.Length == 0
            ? "no silo is alive to say where the data are; start one, or name their folder with --data"
            : $"no dataset at {string.Join(" or ", folders)} yet; if silos have written it, share their folder with this machine and name it with --data");
    }
}
