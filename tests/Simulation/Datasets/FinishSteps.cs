using System.Numerics;
using Sweeps.Grains.Datasets;
using Sweeps.Simulation.Faults;
using Sweeps.Simulation.Servers;
using Sweeps.Simulation.Silos;
using Sweeps.Simulation.Sweep;

namespace Sweeps.Simulation.Datasets;

/// <summary>The steps of <c>SharedFinish</c> and <c>DatasetMerge</c>: parts for given-up chunks, and all parts merged by exchange.</summary>
internal sealed class FinishSteps(Silo silo, SiloDisk disk, SimulatedGrid grid, SimulatedJob job, Func<bool> isCancelled)
{
    public async Task RunAsync()
    {
        var term = await TermSteps.BeginAsync(silo, disk, job.Epoch);
        var listing = await Listing.ReadAsync(disk, grid);
        if (!listing.IsMerged && job.Quarantined.Length > 0)
        {
            var folders = new GivenUpSteps(
                disk, grid, term, await disk.HoldFolderAsync(Names.Points), await disk.HoldFolderAsync(Names.Curves), await disk.HoldFolderAsync(Names.Failures),
                silo.Cluster.Bug is PlantedBug.GivenUpWithoutPart);
            foreach (int chunk in job.Quarantined) await folders.PlaceAsync(chunk, listing.Kept);
            if (silo.Cluster.Bug is PlantedBug.GivenUpWithoutPart) return;
            listing = await Listing.ReadAsync(disk, grid);
        }
        await CheckAsync(listing);
        if (!listing.IsMerged) await MergeAsync(term, listing.PointsDone);
        foreach (string prefix in (string[])[Names.StagedPrefix(grid.Generation), "prepare-"])
            foreach (string staged in await disk.ListAsync(Names.Staging, prefix)) await disk.DeleteAsync($"{Names.Staging}/{staged}");
        await term.EndAsync();
    }

    // The server does not count the rows of chunks that it gave up, and there may be some after all.
    private async Task CheckAsync(Listing listing)
    {
        if (!listing.IsComplete) throw new DatasetException("points lacks parts of chunks that the server counts as done");
        long spare = 0;
        foreach (int chunk in job.Quarantined)
        {
            if (listing.IsMerged) spare += BitOperations.PopCount(grid.PointsOf(chunk) & ~listing.Kept);
            else spare += BitOperations.PopCount(await GivenUpSteps.RowsAsync(disk, Names.Part(grid.FirstOf(chunk))));
        }
        bool isRight = listing.IsMerged
            ? listing.PointsDone >= job.PointsDone && listing.PointsDone <= job.PointsDone + spare
            : listing.PointsDone == job.PointsDone + spare;
        if (!isRight) throw new DatasetException($"points has {listing.PointsDone} rows, and the server counts {job.PointsDone}");
        await listing.CheckAsync(disk);
    }

    private async Task MergeAsync(TermSteps term, long pointsDone)
    {
        if (!await disk.TryExchangeAsync(term.PathOf("one"), term.PathOf("other"))) return;
        ulong rows = await TableSteps.ReadAsync(disk, Names.Points, await disk.ListAsync(Names.Points), isCancelled);
        await WriteAsync(term, Names.Points, rows);
        if (BitOperations.PopCount(rows) != pointsDone) throw new DatasetException("points has another number of rows than before");
        await WriteAsync(term, Names.Curves, await TableSteps.ReadAsync(disk, Names.Curves, await disk.ListAsync(Names.Points), isCancelled));
        foreach (string table in (string[])[Names.Curves, Names.Points])
        {
            if (!await disk.TryExchangeAsync(term.PathOf(table), table)) return;
            await disk.SyncFolderAsync(Names.Staging);
            await disk.SyncFolderAsync("");
        }
    }

    private Task WriteAsync(TermSteps term, string table, ulong rows) =>
        TableSteps.WriteAsync(disk, term.PathOf(table), $"{Names.Merged}{Names.Part(0)}", new(grid.Generation, rows));
}
