using System.Collections.Immutable;
using Sweeps.Compute.Experiments;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Datasets.Tables;
using Sweeps.Grains.Planning;

namespace Sweeps.Grains.Hosts.Local;

/// <summary>Where a sweep stands, as its files say.</summary>
/// <param name="Manifest">What runs.</param>
/// <param name="Chunks">Chunks of the sweep.</param>
/// <param name="ChunksSettled">Chunks on disk.</param>
/// <param name="PointsDone">Points with a row.</param>
/// <param name="PointsFailed">Points without one, of settled chunks.</param>
/// <param name="IsMerged">Whether the parts are merged.</param>
/// <param name="IsRunning">Whether a process of this machine has the folder for itself.</param>
/// <param name="IsOfCluster">Whether it is for the silos of a cluster to go on with.</param>
/// <param name="Failures">The first failures, at most <see cref="FailuresShown"/>.</param>
/// <param name="Events">The journal.</param>
public sealed record LocalSweepStatus(
    SweepManifest Manifest,
    int Chunks,
    int ChunksSettled,
    long PointsDone,
    long PointsFailed,
    bool IsMerged,
    bool IsRunning,
    bool IsOfCluster,
    ImmutableArray<FailedPoint> Failures,
    IReadOnlyList<SweepEvent> Events)
{
    public const int FailuresShown = 1000;

    private const int Attempts = 20;

    public bool IsComplete => ChunksSettled == Chunks;

    /// <summary>Reads the files without taking the lock, also while the sweep runs.</summary>
    /// <exception cref="DatasetException">There is no sweep, or it is not what it should be; lines of the message are one sentence each.</exception>
    /// <exception cref="TableFileException">A file is damaged.</exception>
    public static LocalSweepStatus Read(string directory, IReadOnlyCollection<IExperiment> catalogue)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return ReadOnce(new DatasetFolder(directory), catalogue);
            }
            catch (Exception moved) when (moved is FileNotFoundException or DirectoryNotFoundException or DatasetException && attempt < Attempts)
            {
                continue; // folders are being exchanged, perhaps
            }
        }
    }

    private static LocalSweepStatus ReadOnce(DatasetFolder folder, IReadOnlyCollection<IExperiment> catalogue)
    {
        if (!File.Exists(folder.Manifest)) throw new DatasetException($"{folder.Root} holds no sweep: there is no sweep.json");
        if (!SweepManifest.TryRead(folder.Manifest, catalogue, out var manifest, out var mistakes))
            throw new DatasetException(string.Join('\n', mistakes));
        if (manifest.CutVersion != ChunkPlan.Version) throw new DatasetException($"{folder.Manifest}: {manifest.ObjectionToContinuing()}");
        var plan = new ChunkPlan(new PointGrid(manifest.Spec));
        var listing = PartListing.Read(folder, manifest.Spec, plan, TableFormats.Of(threads: 1));
        var failures = DatasetFolder.FilesIn(folder.Failures, "*.jsonl").SelectMany(FailedPoint.Read).Take(FailuresShown);
        return new(
            manifest, plan.ChunkCount, listing.Settled.Count, listing.PointsDone, listing.PointsFailed, listing.IsMerged, IsLocked(folder), File.Exists(folder.Mark),
            [.. failures], SweepJournal.Read(folder));
    }

    // A shared lock, for a moment: who takes the lock to run tries more than once.
    private static bool IsLocked(DatasetFolder folder)
    {
        try
        {
            using var file = new FileStream(folder.Lock, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
