using System.Globalization;
using Sweeps.Grains.Datasets.Disk;
using Sweeps.Grains.Datasets.Tables;
using Sweeps.Grains.Leases;

namespace Sweeps.Grains.Datasets.Shared;

/// <summary>
/// Makes a sweep's folder, or adopts it. Mark and manifest are put where there are none, and never replaced: so two silos at it side by side
/// make one folder, and one that wakes after the sweep has been extended changes nothing.
/// </summary>
internal sealed class SharedPreparation(CheckedSweep sweep, long epoch, ITableFormat format, IDatasetDisk disk, TimeProvider time)
{
    private readonly DatasetFolder folder = sweep.Folder;

    /// <exception cref="DatasetException">The folder is somebody else's.</exception>
    public LedgerHoldings Run()
    {
        CheckOwner();
        disk.CreateFolder(folder.Journal);
        disk.CreateFolder(folder.Staging);
        using var dataset = DatasetLock.TryShare(folder)
            ?? throw new DatasetException($"a local run works in {folder.Root}; wait for it, or stop it");
        CheckOwner(); // no local run begins any more
        string kind = string.Create(CultureInfo.InvariantCulture, $"prepare-{epoch}-{Guid.NewGuid():N}-");
        if (!ClusterMark.IsIn(folder)) ClusterMark.Write(folder, sweep.Record.Mark, folder.Staged(kind + "cluster.json"), disk);
        CheckOwner();
        if (!File.Exists(folder.Manifest))
        {
            foreach (string table in (string[])[folder.Points, folder.Curves, folder.Failures]) disk.CreateFolder(table);
            string staged = folder.Staged(kind + "sweep.json");
            disk.WriteSynced(staged, SweepManifest.Of(sweep.Spec, sweep.Plan).ToBytes());
            disk.Link(staged, folder.Manifest);
            disk.Delete(staged);
            new SweepJournal(folder, disk, time).Record("prepared");
        }
        // Also where another has put them: it may have been stopped before it made them safe, and the server is told that they are.
        foreach (string made in (string[])[folder.Journal, folder.Root, Path.GetDirectoryName(folder.Root)!]) disk.SyncFolder(made);
        if (!SweepManifest.TryRead(folder.Manifest, [sweep.Spec.Experiment], out var manifest, out var mistakes))
            throw new DatasetException(mistakes[0]);
        if (manifest.Spec.Hash != sweep.Spec.Hash)
            throw new DatasetException($"{folder.Root} holds another generation of the sweep than the server says; name another data folder");
        var listing = PartListing.Read(folder, sweep.Spec, sweep.Plan, format);
        DatasetWholeness.Check(folder, sweep.Spec, sweep.Plan, listing);
        return listing.Holdings;
    }

    private void CheckOwner()
    {
        if (ClusterMark.Read(folder) is { } mark)
        {
            if (mark != sweep.Record.Mark)
                throw new DatasetException($"{folder.Root} bears the mark of another sweep of a cluster; "
                    + "move it away, or name another data folder");
            return;
        }
        if (!BegunFolder.IsEmptyOrBegun(folder))
            throw new DatasetException($"{folder.Root} is not empty and no cluster made it; move it away, or name another data folder");
    }
}
