using System.Collections.Immutable;
using Sweeps.Grains.Datasets.Disk;
using Sweeps.Grains.Datasets.Tables;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Planning;

namespace Sweeps.Grains.Datasets.Shared;

/// <summary>
/// Ends a sweep's dataset: chunks that were given up get a part without rows and their failures, all is checked, and the parts are merged
/// where the file system can. A late finisher could only exchange a folder for another with the same rows, and the
/// <see cref="DatasetTerm"/> keeps even that from happening after the sweep has been extended.
/// </summary>
internal sealed class SharedFinish(CheckedSweep sweep, DatasetJob.Finish job, ITableFormat format, IDatasetDisk disk, TimeProvider time)
{
    private const string Error = "Quarantined";
    private const int MaximumCause = 1000;

    private readonly DatasetFolder folder = sweep.Folder;

    /// <exception cref="DatasetException">Rows are missing, or too many.</exception>
    /// <exception cref="DatasetMovedException">Another silo has taken over.</exception>
    public void Run(CancellationToken cancellation)
    {
        var quarantined = Checked(job.Quarantined);
        var term = DatasetTerm.Begin(folder, job.Epoch, disk);
        var journal = new SweepJournal(folder, disk, time);
        using var publication = new PartPublication(folder, sweep.Spec, format, disk);
        var listing = PartListing.Read(folder, sweep.Spec, sweep.Plan, format);
        if (!listing.IsMerged && quarantined.Length > 0)
        {
            publication.HoldFolders();
            foreach (var (chunk, cause) in quarantined) GiveUp(sweep.Plan.ChunkAt(chunk), cause, listing.Kept, publication, term);
            listing = PartListing.Read(folder, sweep.Spec, sweep.Plan, format);
        }
        Check(listing, quarantined);
        if (!listing.IsMerged && DatasetMerge.Run(publication, listing.PointsDone, cancellation, term.Folder)) journal.Record("merged");
        foreach (string staged in Directory.GetFiles(folder.Staging, DatasetFolder.StagedPrefix(sweep.Spec.Hash) + "*")) disk.Delete(staged);
        foreach (string staged in Directory.GetFiles(folder.Staging, "prepare-*")) disk.Delete(staged);
        term.End();
        journal.Record("completed");
    }

    private ImmutableArray<QuarantinedChunk> Checked(ImmutableArray<QuarantinedChunk> chunks)
    {
        foreach (var chunk in chunks)
            if (chunk.Chunk < 0 || chunk.Chunk >= sweep.Plan.ChunkCount)
                throw new DatasetException($"{folder.Root}: the server has given up chunk {chunk.Chunk}, "
                    + $"and there are {sweep.Plan.ChunkCount}");
        return [.. chunks.DistinctBy(chunk => chunk.Chunk)];
    }

    // A worker that was given up wrongly may have placed the chunk's rows before, or do so just now: then they stay.
    private void GiveUp(Chunk chunk, string? cause, PointSet kept, PartPublication publication, DatasetTerm term)
    {
        string place = PlaceOf(chunk);
        if (File.Exists(place) && RowsOf(place) > 0) return;
        // A cause is for people, and a database may hold anything.
        string words = string.Concat((cause ?? "").EnumerateRunes().Take(MaximumCause));
        using var part = publication.BeginIn(term.Folder, chunk.FirstPoint);
        var rows = new PointRows(sweep.Spec, "", publication.PointsSchema, publication.CurvesSchema);
        for (long point = chunk.FirstPoint; point < chunk.EndPoint; point++)
            if (!kept.Contains(point)) rows.AddFailed(point, sweep.Grid.KeysAt(point), Error, words);
        part.Add(rows);
        part.Stage();
        part.PlaceGivenUp();
    }

    // The server does not count the rows of chunks that it gave up, and there may be some after all.
    private void Check(PartListing listing, ImmutableArray<QuarantinedChunk> quarantined)
    {
        if (!listing.IsComplete)
            throw new DatasetException($"{folder.Points} lacks the parts of {sweep.Plan.ChunkCount - listing.Settled.Count} chunks that the "
                + "server counts as done; restore the dataset from a copy");
        long spare = listing.IsMerged
            ? quarantined.Sum(chunk => (long)listing.MissingIn(sweep.Plan.ChunkAt(chunk.Chunk)))
            : quarantined.Sum(chunk => RowsOf(PlaceOf(sweep.Plan.ChunkAt(chunk.Chunk))));
        bool isRight = listing.IsMerged
            ? listing.PointsDone >= job.PointsDone && listing.PointsDone <= job.PointsDone + spare
            : listing.PointsDone == job.PointsDone + spare;
        if (!isRight)
            throw new DatasetException($"{folder.Points} has {listing.PointsDone} rows, and the server counts {job.PointsDone}; "
                + "restore the dataset from a copy");
        DatasetWholeness.Check(folder, sweep.Spec, sweep.Plan, listing);
    }

    private string PlaceOf(Chunk chunk) => Path.Combine(folder.Points, DatasetFolder.PartName(chunk.FirstPoint));

    private long RowsOf(string path)
    {
        if (!File.Exists(path)) return 0; // all its points were kept
        using var file = format.Open(path);
        return file.RowCount;
    }
}
