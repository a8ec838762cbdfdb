using Sweeps.Dashboard.Datasets;
using Sweeps.Dashboard.Hosting;
using Sweeps.Dashboard.Status;
using Sweeps.Grains.Hosts;

namespace Sweeps.Dashboard.Pages;

/// <summary>Brings together what a sweep's page shows.</summary>
internal sealed class SweepViews(SweepSource source)
{
    public const int MostEvidence = 50;

    /// <returns>Null if there is no such sweep.</returns>
    /// <exception cref="ServerException">The server cannot be had.</exception>
    public async Task<SweepView?> FindAsync(string id, bool mayOperate, CancellationToken cancellation) =>
        await SweepDetails.FindAsync(source.Server, id, MostEvidence + 1, source.Catalogue, cancellation).ConfigureAwait(false) is { } details
            ? new(
                details, await FailuresAsync(details.Sweep, cancellation).ConfigureAwait(false),
                await source.Server.RecentChunksAsync(details.Sweep.Id, cancellation).ConfigureAwait(false), mayOperate)
            : null;

    private async Task<Failures> FailuresAsync(ServerSweep sweep, CancellationToken cancellation)
    {
        if (sweep.Progress.PointsFailed == 0) return Failures.None;
        try
        {
            var opening = await source.Datasets.OpenAsync(sweep.Id, cancellation).ConfigureAwait(false);
            if (!opening.IsRight) return Failures.Unread(string.Join("; ", opening.Mistakes));
            using var dataset = opening.Value;
            return Failures.Of(dataset.FailedPoints());
        }
        catch (Exception damaged) when (UnreadDataset.Is(damaged))
        {
            // The files of a running sweep move now and then; the page's next look finds them.
            return Failures.Unread(damaged is IOException or UnauthorizedAccessException
                ? "the files of failures cannot be read at this moment"
                : damaged.Message);
        }
    }
}
