using Sweeps.Grains.Datasets;
using Sweeps.Grains.Leases;
using Sweeps.Simulation.Files;
using Sweeps.Simulation.Silos;
using Sweeps.Simulation.Sweep;

namespace Sweeps.Simulation.Datasets;

/// <summary>As <c>SharedSweep</c>: one generation of a sweep as a lane works on it, its folders held.</summary>
internal sealed record OpenedSweep(Silo Silo, SiloDisk Disk, SimulatedGrid Grid, FolderNode Points, FolderNode Curves, FolderNode Failures, ulong Kept)
{
    /// <summary><c>SharedDataset.Open</c>.</summary>
    public static async Task<OpenedSweep> OpenAsync(Silo silo, int generation)
    {
        var disk = new SiloDisk(silo);
        // PartPublication.HoldFolders
        var points = await disk.HoldFolderAsync(Names.Points);
        var curves = await disk.HoldFolderAsync(Names.Curves);
        var failures = await disk.HoldFolderAsync(Names.Failures);
        await CheckGenerationAsync(disk, generation);
        return new(silo, disk, silo.Cluster.Grids[generation - 1], points, curves, failures, await ReadKeptAsync(disk));
    }

    /// <summary><c>SharedDataset.CheckGeneration</c>.</summary>
    public static async Task CheckGenerationAsync(SiloDisk disk, int generation)
    {
        if ((await disk.ListAsync(Names.Journal, Names.Intent)).Length > 0)
            throw new DatasetException("is being extended");
        var manifest = await disk.ReadAsync<ManifestFile>(Names.Manifest);
        if (manifest.Generation != generation) throw new DatasetException("holds another generation");
    }

    public PartSteps Begin(LeaseId lease) => new(this, lease);

    // KeptPoints.Read
    private static async Task<ulong> ReadKeptAsync(SiloDisk disk)
    {
        ulong kept = 0;
        foreach (string table in (string[])[Names.Points, Names.Failures])
            foreach (string name in await disk.ListAsync(table, Names.Kept))
                kept |= (await disk.ReadAsync<DataFile>($"{table}/{name}")).Points;
        return kept;
    }
}
