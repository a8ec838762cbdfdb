using System.Collections.Immutable;
using Sweeps.Grains.Datasets.Tables;
using Sweeps.Grains.Leases;
using Sweeps.Grains.Planning;
using Sweeps.Grains.Specs;

namespace Sweeps.Grains.Datasets;

/// <summary>What of a sweep is in its dataset: the files are the truth.</summary>
public sealed class PartListing
{
    private readonly ChunkPlan plan;

    private PartListing(ChunkPlan plan) => this.plan = plan;

    /// <summary>The sweep is complete, and its parts are merged.</summary>
    public bool IsMerged { get; private set; }

    /// <summary>Whether every chunk is settled.</summary>
    public bool IsComplete => Settled.Mark == plan.ChunkCount;

    public ChunkSet Settled { get; private set; } = ChunkSet.Empty;

    /// <summary>Points that an extension kept, measured or failed: nobody computes them again.</summary>
    public PointSet Kept { get; } = new();

    /// <summary>Points with a row.</summary>
    public long PointsDone { get; private set; }

    /// <summary>Points of settled chunks, and kept ones, that have no row.</summary>
    public long PointsFailed { get; private set; }

    /// <summary>Chunks whose part has no row: all their points failed, or were given up.</summary>
    internal List<Chunk> EmptyParts { get; } = [];

    public LedgerHoldings Holdings => new(
        [.. Settled.Mark > 0 ? [new ChunkRange(0, Settled.Mark)] : Array.Empty<ChunkRange>(), .. Settled.Above], [], PointsDone, PointsFailed);

    /// <summary>Points of a chunk that are to be computed, in order.</summary>
    public int MissingIn(Chunk chunk) => chunk.Count - Kept.CountBetween(chunk.FirstPoint, chunk.EndPoint);

    /// <summary>Reads names, footers, and the points of what an extension kept.</summary>
    /// <exception cref="TableFileException">A file is damaged; the message names it and the offset.</exception>
    /// <exception cref="DatasetException">A file is not of this sweep.</exception>
    public static PartListing Read(DatasetFolder folder, SweepSpec spec, ChunkPlan plan, ITableFormat format)
    {
        var listing = new PartListing(plan);
        var schema = PointsSchema.Of(spec);
        List<(Chunk Chunk, string Path, long Rows)> parts = [];
        foreach (string path in DatasetFolder.FilesIn(folder.Points))
        {
            string name = Path.GetFileName(path);
            using var file = Open(path, spec, schema, format);
            if (DatasetFolder.IsMerged(name)) listing.IsMerged = true;
            else if (DatasetFolder.IsKept(name)) KeptPoints.AddRows(listing.Kept, file);
            else parts.Add((ChunkOf(path, plan), path, file.RowCount));
            listing.PointsDone += file.RowCount;
        }
        if (CurvesSchema.HasCurves(spec))
        {
            var curvesSchema = CurvesSchema.Of(spec);
            foreach (string path in DatasetFolder.FilesIn(folder.Curves)) Open(path, spec, curvesSchema, format).Dispose();
        }
        if (listing.IsMerged)
        {
            listing.Settled = listing.Settled.Add(new ChunkRange(0, plan.ChunkCount));
            listing.PointsFailed = plan.PointCount - listing.PointsDone;
            return listing;
        }
        listing.PointsFailed += KeptPoints.AddFailures(listing.Kept, folder);
        listing.Settle(parts);
        return listing;
    }

    private void Settle(List<(Chunk Chunk, string Path, long Rows)> parts)
    {
        foreach (var (chunk, path, rows) in parts)
        {
            int missing = MissingIn(chunk);
            if (rows > missing) throw DatasetException.Damage($"{path} has {rows} rows, and its chunk {missing} points; restore it from a copy");
            PointsFailed += missing - rows;
            if (rows == 0) EmptyParts.Add(chunk);
            Settled = Settled.Add(chunk.Number);
        }
        if (Kept.Count == 0) return;
        foreach (var chunk in plan.Chunks())
            if (MissingIn(chunk) == 0) Settled = Settled.Add(chunk.Number);
    }

    private static Chunk ChunkOf(string path, ChunkPlan plan) =>
        DatasetFolder.FirstPointOf(path) is { } first && first < plan.PointCount && plan.ChunkOf(first) is var chunk && chunk.FirstPoint == first
            ? chunk
            : throw new DatasetException($"{path} is not named by a chunk of this sweep; move it out of the folder");

    private static ITableReader Open(string path, SweepSpec spec, TableSchema schema, ITableFormat format)
    {
        var file = format.Open(path);
        if (file.Metadata.GetValueOrDefault(DatasetMetadata.SpecHashKey) == spec.Hash
            && file.Schema.Columns.Select(column => (column.Name, column.Type))
                .SequenceEqual(schema.Columns.Select(column => (column.Name, column.Type))))
            return file;
        file.Dispose();
        throw new DatasetException($"{path} is a file of another sweep; move it out of the folder");
    }
}
