using Sweeps.Compute.Experiments;
using Sweeps.Grains.Datasets.Disk;
using Sweeps.Grains.Datasets.Tables;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Leases;

namespace Sweeps.Grains.Datasets.Shared;

/// <summary>
/// What silos of a cluster do with a dataset's folder, on a file system that they share. Everything the database says is checked first; what
/// is wrong is refused, and nothing written.
/// </summary>
/// <param name="data">The silo's data folder, which is there.</param>
/// <param name="catalogue">The experiments there are.</param>
/// <param name="disk">The file system.</param>
/// <param name="time">The clock of the journal.</param>
public sealed class SharedDataset(string data, IReadOnlyCollection<IExperiment> catalogue, IDatasetDisk disk, TimeProvider time)
{
    private const string SameFileSystem = "is the data folder the same shared file system on all silos?";

    // The lanes compute on the other threads.
    private readonly ITableFormat format = TableFormats.Of(threads: 1);

    public SharedDataset(string data, IReadOnlyCollection<IExperiment> catalogue, TimeProvider time)
        : this(data, catalogue, LocalDisk.Instance, time)
    {
    }

    /// <summary>Opens a sweep for a lane. No part is opened but those that an extension kept.</summary>
    /// <exception cref="IOException">The machine fails.</exception>
    public SharedAnswer<SharedSweep> Open(SweepRecord record) => Answer(() =>
    {
        var sweep = CheckedSweep.Of(record, data, catalogue);
        var dataset = Lock(sweep);
        try
        {
            var publication = new PartPublication(sweep.Folder, sweep.Spec, format, disk);
            try
            {
                // First: what is checked afterwards is true of these folders, or of later ones that are refused.
                publication.HoldFolders();
                CheckGeneration(sweep);
                return new SharedSweep(sweep, KeptPoints.Read(sweep.Folder, format), publication, dataset);
            }
            catch
            {
                publication.Dispose();
                throw;
            }
        }
        catch
        {
            dataset.Dispose();
            throw;
        }
    });

    /// <summary>Does a job of any kind.</summary>
    /// <returns>What of the plan is done; null for <see cref="DatasetJob.Finish"/>.</returns>
    /// <exception cref="DatasetMovedException">Another silo has taken over.</exception>
    /// <exception cref="IOException">The machine fails; the job can be done again.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the job can be done again.</exception>
    public SharedAnswer<LedgerHoldings?> Do(DatasetJob job, CancellationToken cancellation) => job switch
    {
        { Epoch: < 0 } => new SharedAnswer<LedgerHoldings?>.Refused($"sweep {job.Sweep.Number}: the server names a term below 0"),
        DatasetJob.Prepare prepare => Prepare(prepare),
        DatasetJob.Extend extend => Extend(extend, cancellation),
        DatasetJob.Finish finish => Finish(finish, cancellation),
        _ => throw new ArgumentException("a job of another kind", nameof(job)),
    };

    /// <summary>Makes the folder, or adopts what it holds of this very sweep.</summary>
    private SharedAnswer<LedgerHoldings?> Prepare(DatasetJob.Prepare job) => Answer<LedgerHoldings?>(() =>
        new SharedPreparation(CheckedSweep.Of(job.Sweep, data, catalogue), job.Epoch, format, disk, time).Run());

    /// <summary>Makes the sweep's rows the beginning of a larger grid's, or finishes that, or finds it done.</summary>
    private SharedAnswer<LedgerHoldings?> Extend(DatasetJob.Extend job, CancellationToken cancellation) => Answer<LedgerHoldings?>(() =>
    {
        var (old, next) = (CheckedSweep.Of(job.Sweep, data, catalogue), CheckedSweep.Of(job.Next, data, catalogue));
        using var dataset = Lock(next);
        CheckMark(next);
        return new SharedExtension(old, next, job.Epoch, format, disk, time).Run(cancellation);
    });

    /// <summary>Records quarantined chunks as failed points, checks that all is there, and merges.</summary>
    private SharedAnswer<LedgerHoldings?> Finish(DatasetJob.Finish job, CancellationToken cancellation) => Answer<LedgerHoldings?>(() =>
    {
        var sweep = CheckedSweep.Of(job.Sweep, data, catalogue);
        using var dataset = Lock(sweep);
        CheckGeneration(sweep);
        new SharedFinish(sweep, job, format, disk, time).Run(cancellation);
        return null;
    });

    private static DatasetLock Lock(CheckedSweep sweep)
    {
        if (!File.Exists(sweep.Folder.Mark))
            throw new DatasetException($"{sweep.Folder.Root} is not there, or not the server's: {SameFileSystem}");
        return DatasetLock.TryShare(sweep.Folder)
            ?? throw new DatasetException($"a local run works in {sweep.Folder.Root}; wait for it, or stop it");
    }

    private static void CheckMark(CheckedSweep sweep)
    {
        if (ClusterMark.Read(sweep.Folder) != sweep.Record.Mark)
            throw new DatasetException(
                $"{sweep.Folder.Root} bears the mark of another sweep: {SameFileSystem}");
    }

    // An intent is there from before the first table of a later generation stands here until after its manifest does. So if there is none,
    // and then the manifest is still this one, all that was held before is of this generation.
    private void CheckGeneration(CheckedSweep sweep)
    {
        CheckMark(sweep);
        if (ClusterMark.Intents(sweep.Folder).Length > 0)
            throw new DatasetException($"{sweep.Folder.Root} is being extended; it can be opened when that is done");
        if (!SweepManifest.TryRead(sweep.Folder.Manifest, catalogue, out var manifest, out var mistakes))
            throw new DatasetException(mistakes[0]);
        if (manifest.Spec.Hash != sweep.Spec.Hash)
            throw new DatasetException($"{sweep.Folder.Root} holds another generation of the sweep than the server says; if that lasts, "
                + SameFileSystem);
    }

    private static SharedAnswer<T> Answer<T>(Func<T> work)
    {
        try
        {
            return new SharedAnswer<T>.Done(work());
        }
        catch (Exception wrong) when (wrong is DatasetException or TableFileException)
        {
            return new SharedAnswer<T>.Refused(wrong.Message);
        }
    }
}
