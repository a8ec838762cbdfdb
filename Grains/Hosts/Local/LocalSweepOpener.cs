using Sweeps.Compute.Experiments;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Datasets.Disk;
using Sweeps.Grains.Datasets.Tables;
using Sweeps.Grains.Planning;
using Sweeps.Grains.Specs;

namespace Sweeps.Grains.Hosts.Local;

/// <summary>Decides what a folder is to a spec, and makes it ready.</summary>
internal sealed class LocalSweepOpener(IDatasetDisk disk, IReadOnlyCollection<IExperiment> catalogue, TimeProvider time)
{
    // The lane computes on the other threads.
    private readonly ITableFormat format = TableFormats.Of(threads: 1);

    public LocalSweepOpening Open(string directory, SweepSpec? spec, CancellationToken cancellation)
    {
        var folder = new DatasetFolder(directory);
        DatasetLock? held = null;
        try
        {
            var opening = File.Exists(folder.Manifest) || File.Exists(folder.ExtensionIntent)
                ? OpenOld(folder, spec, ref held, cancellation)
                : OpenNew(folder, spec, ref held);
            if (opening is LocalSweepOpening.Opened) held = null;
            return opening;
        }
        catch (Exception fault) when (MachineFaults.SentenceOf(fault, folder) is not null)
        {
            return Refuse(fault is not DatasetException { IsDamage: false }, MachineFaults.SentenceOf(fault, folder)!);
        }
        finally
        {
            held?.Dispose();
        }
    }

    private LocalSweepOpening OpenNew(DatasetFolder folder, SweepSpec? spec, ref DatasetLock? held)
    {
        if (spec is null) return Refuse(false, $"{folder.Root} holds no sweep: there is no sweep.json; begin one with 'sweeps run SPEC'");
        if (File.Exists(folder.Root)) return Refuse(false, $"{folder.Root} is a file; name a folder with --out");
        if (ClusterMark.IsIn(folder)) return OfACluster(folder);
        if (!BegunFolder.IsEmptyOrBegun(folder))
            return Refuse(false, $"{folder.Root} is not empty and holds no sweep; name another folder with --out");
        try
        {
            foreach (string inner in (string[])[folder.Journal, folder.Staging, folder.Points, folder.Curves, folder.Failures])
                disk.CreateFolder(inner);
        }
        catch (Exception refused) when (IsNoPlaceForAFolder(refused))
        {
            return Refuse(false, $"{folder.Root} cannot be made: {refused.Message.TrimEnd('.')}; name another folder with --out, or give access");
        }
        if ((held = DatasetLock.TryTake(folder)) is null) return Locked(folder);
        if (ClusterMark.IsIn(folder)) return OfACluster(folder);
        var plan = new ChunkPlan(new PointGrid(spec));
        disk.Empty(folder.Staging);
        SweepManifest.Of(spec, plan).WriteTo(folder, disk);
        if (Path.GetDirectoryName(folder.Root) is { } parent) disk.SyncFolder(parent);
        return Opened(folder, spec, plan, OpeningKind.New, held);
    }

    private LocalSweepOpening OpenOld(DatasetFolder folder, SweepSpec? spec, ref DatasetLock? held, CancellationToken cancellation)
    {
        // Without a journal nobody holds the lock, and what is wrong is refused before anything is written.
        if (!Directory.Exists(folder.Journal) && !File.Exists(folder.ExtensionIntent) && Look(folder, spec, out _) is { } wrong) return wrong;
        disk.CreateFolder(folder.Journal);
        if ((held = DatasetLock.TryTake(folder)) is null) return Locked(folder);
        if (ClusterMark.IsIn(folder) && ClusterMark.Intents(folder).Length > 0) return OfACluster(folder);
        DatasetExtension.Finish(folder, disk);
        if (Look(folder, spec, out var found) is { } refused) return refused;

        // From here on the folder is ours and sound.
        foreach (string inner in (string[])[folder.Staging, folder.Points, folder.Curves, folder.Failures]) disk.CreateFolder(inner);
        disk.Empty(folder.Staging);
        if (found!.IsSame)
        {
            var kind = found.Listing.IsComplete ? OpeningKind.AlreadyComplete : OpeningKind.Continued;
            return Opened(folder, found.Spec, found.Plan, kind, held);
        }
        ClusterMark.Remove(folder, disk);
        var plan = new ChunkPlan(new PointGrid(spec!));
        var embedding = found.Grid.Embed(new PointGrid(spec!))!;
        var publication = new PartPublication(folder, spec!, format, disk);
        DatasetExtension.Run(publication, SweepManifest.Of(spec!, plan), embedding, cancellation);
        new SweepJournal(folder, disk, time).Record("extended", $"from {found.Plan.PointCount} points to {plan.PointCount}");
        return Opened(folder, spec!, plan, OpeningKind.Extended, held);
    }

    /// <summary>Reads what an old folder holds and compares it with a request; writes nothing.</summary>
    /// <param name="folder">With a manifest.</param>
    /// <param name="spec">What to run; null to go on with what the folder holds.</param>
    /// <param name="found">Null if it is refused.</param>
    /// <returns>Null if it is not.</returns>
    private LocalSweepOpening.Refused? Look(DatasetFolder folder, SweepSpec? spec, out Found? found)
    {
        found = null;
        if (!SweepManifest.TryRead(folder.Manifest, catalogue, out var manifest, out var mistakes)) return Refuse(false, [.. mistakes]);
        if (manifest.ObjectionToContinuing() is { } objection) return Refuse(false, $"{folder.Manifest}: {objection}");
        var comparison = spec is null ? new SpecComparison.Same() : SpecComparison.Compare(manifest.Spec, spec);
        if (comparison is SpecComparison.Different different)
            return Refuse(false, [.. different.Differences.Select(difference =>
                $"{folder.Root} holds another sweep: {difference}; name another folder with --out")]);

        var old = manifest.Spec;
        var oldGrid = new PointGrid(old);
        var oldPlan = new ChunkPlan(oldGrid);
        if (oldPlan.PointCount != manifest.Points || oldPlan.ChunkCount != manifest.Chunks)
            return Refuse(false, $"{folder.Manifest}: the plan does not fit the spec; restore the file from a copy");
        var listing = PartListing.Read(folder, old, oldPlan, format);
        if (ClusterMark.IsIn(folder) && !listing.IsComplete) return OfACluster(folder);
        DatasetWholeness.Check(folder, old, oldPlan, listing);
        found = new(old, oldGrid, oldPlan, listing, comparison is SpecComparison.Same);
        return null;
    }

    private LocalSweepOpening.Opened Opened(
        DatasetFolder folder, SweepSpec spec, ChunkPlan plan, OpeningKind kind, DatasetLock held)
    {
        var listing = PartListing.Read(folder, spec, plan, format);
        var publication = new PartPublication(folder, spec, format, disk);
        return new(new LocalSweep(spec, new PointGrid(spec), plan, listing, publication, held, time), kind);
    }

    // The request names a place that takes no folder; a disk that is full or failing is the machine's fault instead.
    private static bool IsNoPlaceForAFolder(Exception fault)
    {
        const int ReadOnlyFileSystem = 30;
        return fault is UnauthorizedAccessException or DirectoryNotFoundException or FileNotFoundException or PathTooLongException
            or IOException { HResult: ReadOnlyFileSystem };
    }

    // Its silos, and nobody else, finish what they began.
    private static LocalSweepOpening.Refused OfACluster(DatasetFolder folder) => Refuse(
        false, $"{folder.Root} belongs to a cluster, and is not complete; use: sweeps resume {IdOf(folder)} --server URL");

    private static LocalSweepOpening.Refused Locked(DatasetFolder folder) => Refuse(false, DatasetLock.IsShared(folder)
        ? $"silos of a cluster work in {folder.Root}; use: sweeps status {IdOf(folder)} --server URL, "
            + "or 'sweeps resume' likewise"
        : $"another process runs a sweep in {folder.Root}; wait for it, or stop it first; see how far it is with: "
            + $"sweeps status {ShellWord.Of(folder.Root)}");

    private static string IdOf(DatasetFolder folder) => ShellWord.Of(Path.GetFileName(folder.Root));

    private static LocalSweepOpening.Refused Refuse(bool machine, params string[] sentences) => new([.. sentences], machine);

    /// <summary>What an old folder holds, and whether that is what was asked for.</summary>
    private sealed record Found(SweepSpec Spec, PointGrid Grid, ChunkPlan Plan, PartListing Listing, bool IsSame);
}
