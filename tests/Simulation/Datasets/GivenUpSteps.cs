using Sweeps.Simulation.Files;
using Sweeps.Simulation.Sweep;

namespace Sweeps.Simulation.Datasets;

/// <summary>The steps of <c>SharedFinish.GiveUp</c> and <c>Part.PlaceGivenUp</c>: a part without rows, where there is none.</summary>
internal sealed class GivenUpSteps(
    SiloDisk disk, SimulatedGrid grid, TermSteps term, FolderNode points, FolderNode curves, FolderNode failures, bool withoutPart)
{
    public static async Task<ulong> RowsAsync(SiloDisk disk, string name) =>
        await disk.ExistsAsync($"{Names.Points}/{name}") ? (await disk.ReadAsync<DataFile>($"{Names.Points}/{name}")).Points : 0;

    public async Task PlaceAsync(int chunk, ulong kept)
    {
        string name = Names.Part(grid.FirstOf(chunk));
        if (await RowsAsync(disk, name) != 0) return;
        var empty = new DataFile(grid.Generation, 0);
        string stagedPoints = term.PathOf($"points-{name}"), stagedCurves = term.PathOf($"curves-{name}"), stagedFailures = term.PathOf($"failures-{name}");
        await disk.WriteSyncedAsync(stagedCurves, empty);
        await disk.WriteSyncedAsync(stagedFailures, new DataFile(grid.Generation, grid.PointsOf(chunk) & ~kept));
        await disk.WriteSyncedAsync(stagedPoints, empty);
        if (!withoutPart)
        {
            bool isOurs = await disk.LinkAsync(stagedPoints, points, name);
            await disk.SyncFolderAsync(points);
            if (!isOurs && await RowsAsync(disk, name) != 0) return;
            await disk.ReplaceAsync(stagedCurves, curves, name);
            await disk.SyncFolderAsync(curves);
        }
        await disk.ReplaceAsync(stagedFailures, failures, Names.GivenUp + name);
        await disk.SyncFolderAsync(failures);
    }
}
