using System.Numerics;
using Sweeps.Grains.Leases;
using Sweeps.Simulation.Faults;
using Sweeps.Simulation.Files;
using Sweeps.Simulation.Sweep;

namespace Sweeps.Simulation.Datasets;

/// <summary>The steps of <c>PartPublication.Part</c>: stage, then place curves, failures, and last the points.</summary>
internal sealed class PartSteps(OpenedSweep sweep, LeaseId lease)
{
    private readonly SiloDisk disk = sweep.Disk;
    private readonly PlantedBug bug = sweep.Silo.Cluster.Bug;
    private readonly int first = sweep.Grid.FirstOf(lease.Chunk);
    private readonly ulong points = sweep.Grid.PointsOf(lease.Chunk) & ~sweep.Kept & ~sweep.Silo.Cluster.Failing;
    private readonly ulong failed = sweep.Grid.PointsOf(lease.Chunk) & ~sweep.Kept & sweep.Silo.Cluster.Failing;
    private bool isPlaced;

    public int DoneCount => BitOperations.PopCount(points);

    public int FailedCount => BitOperations.PopCount(failed);

    /// <summary><c>StagedTable.Complete</c> for each table, and the failures.</summary>
    public async Task StageAsync()
    {
        var pointsFile = await disk.CreateFileAsync(Staged(Names.Points));
        var curvesFile = await disk.CreateFileAsync(Staged(Names.Curves));
        await disk.WriteAsync(curvesFile, new DataFile(sweep.Grid.Generation, points));
        if (bug is not PlantedBug.PlacedBeforeFlush) await disk.SyncAsync(curvesFile);
        if (failed != 0) await disk.WriteSyncedAsync(Staged(Names.Failures), new DataFile(sweep.Grid.Generation, failed));
        await disk.WriteAsync(pointsFile, new DataFile(sweep.Grid.Generation, points));
        if (bug is not PlantedBug.PlacedBeforeFlush) await disk.SyncAsync(pointsFile);
    }

    /// <summary><c>Part.Place</c>.</summary>
    public async Task PlaceAsync()
    {
        string name = Names.Part(first);
        var pointsFolder = await FolderAsync(Names.Points, sweep.Points);
        if (bug is PlantedBug.LinkReplaces || !await disk.ContainsAsync(pointsFolder, name))
        {
            if (bug is PlantedBug.PointsBeforeCurves) await disk.LinkAsync(Staged(Names.Points), pointsFolder, name);
            var curvesFolder = await FolderAsync(Names.Curves, sweep.Curves);
            await disk.LinkAsync(Staged(Names.Curves), curvesFolder, name);
            await disk.SyncFolderAsync(curvesFolder);
            if (failed != 0)
            {
                var failuresFolder = await FolderAsync(Names.Failures, sweep.Failures);
                await disk.ReplaceAsync(Staged(Names.Failures), failuresFolder, name);
                await disk.SyncFolderAsync(failuresFolder);
            }
            if (bug is PlantedBug.LinkReplaces) await disk.ReplaceAsync(Staged(Names.Points), pointsFolder, name);
            else await disk.LinkAsync(Staged(Names.Points), pointsFolder, name);
        }
        if (bug is not PlantedBug.CompletedBeforeFolderSync) await disk.SyncFolderAsync(pointsFolder);
        isPlaced = true;
        await DeleteStagedAsync();
    }

    /// <summary><c>Part.Dispose</c>: what was staged under an epoch goes.</summary>
    public async Task DisposeAsync()
    {
        if (!isPlaced) await DeleteStagedAsync();
    }

    private async Task DeleteStagedAsync()
    {
        await disk.DeleteAsync(Staged(Names.Curves));
        if (failed != 0) await disk.DeleteAsync(Staged(Names.Failures));
        await disk.DeleteAsync(Staged(Names.Points));
    }

    private async Task<FolderNode> FolderAsync(string path, FolderNode held) =>
        bug is PlantedBug.PlacedByPath ? await disk.HoldFolderAsync(path) : held;

    private string Staged(string table) =>
        Names.StagedPart(sweep.Grid.Generation, bug is PlantedBug.StagedWithoutEpoch ? 0 : lease.Epoch, table, first);
}
