using Sweeps.Grains.Datasets;
using Sweeps.Grains.Leases;
using Sweeps.Simulation.Faults;
using Sweeps.Simulation.Silos;
using Sweeps.Simulation.Sweep;

namespace Sweeps.Simulation.Datasets;

/// <summary>The steps of <c>SharedPreparation</c>, without the mark.</summary>
internal sealed class PreparationSteps(Silo silo, SiloDisk disk, SimulatedGrid grid, long epoch)
{
    public async Task<LedgerHoldings> RunAsync()
    {
        await disk.CreateFolderAsync(Names.Journal);
        await disk.CreateFolderAsync(Names.Staging);
        if (!await disk.ExistsAsync(Names.Manifest))
        {
            foreach (string table in (string[])[Names.Points, Names.Curves, Names.Failures]) await disk.CreateFolderAsync(table);
            string staged = $"{Names.Staging}/prepare-{epoch}-{silo.Cluster.Chance.Word():x8}-sweep.json";
            await disk.WriteSyncedAsync(staged, new ManifestFile(grid.Generation));
            await disk.LinkAsync(staged, "", Names.Manifest);
            await disk.DeleteAsync(staged);
        }
        // Also where another has put them: it may be stopped before it made them safe.
        if (silo.Cluster.Bug is not PlantedBug.AdoptedWithoutSync) await disk.SyncFolderAsync("");
        var manifest = await disk.ReadAsync<ManifestFile>(Names.Manifest);
        if (manifest.Generation != grid.Generation) throw new DatasetException("holds another generation");
        var listing = await Listing.ReadAsync(disk, grid);
        return (await listing.CheckAsync(disk)).Holdings;
    }
}
