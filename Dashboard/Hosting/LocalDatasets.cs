using Sweeps.Compute.Experiments;
using Sweeps.Dashboard.Datasets;

namespace Sweeps.Dashboard.Hosting;

/// <summary>The dataset of the run in this process.</summary>
internal sealed class LocalDatasets(LocalSweepServer server, IReadOnlyCollection<IExperiment> catalogue) : ISweepDatasets
{
    /// <inheritdoc/>
    public Task<Checked<SweepFolder>> OpenAsync(string id, CancellationToken cancellation) => Task.FromResult(
        server.Folder is { } folder && Path.GetFileName(folder) == id
            ? SweepFolder.Open(folder, catalogue)
            : Checked<SweepFolder>.Wrong("the run has not begun yet; ask again in a moment"));
}
