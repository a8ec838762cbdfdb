using System.Text;
using System.Text.Json;
using Sweeps.Grains.Datasets.Disk;
using Sweeps.Grains.Datasets.Tables;
using Sweeps.Grains.Planning;

namespace Sweeps.Grains.Datasets;

/// <summary>
/// Turns a dataset into the beginning of a larger one: its rows and failures are written anew, with the indices of the larger grid, and put
/// into place together with the new manifest. An intent in the journal is the commit: a crash before it undoes all, a crash after it is
/// finished by <see cref="Finish"/> at the next start.
/// </summary>
internal static class DatasetExtension
{
    private const string StagedPoints = "extended-points";
    private const string StagedCurves = "extended-curves";
    private const string StagedFailures = "extended-failures";
    private const string StagedManifest = "extended-sweep.json";

    /// <param name="publication">Of the new spec.</param>
    /// <param name="manifest">The new one.</param>
    /// <param name="embedding">From the old grid into the new.</param>
    /// <param name="cancellation">Honoured up to the commit.</param>
    /// <exception cref="TableFileException">An old file is damaged; nothing is changed.</exception>
    public static void Run(
        PartPublication publication, SweepManifest manifest, GridEmbedding embedding, CancellationToken cancellation)
    {
        var (folder, disk, hash) = (publication.Folder, publication.Disk, manifest.Spec.Hash);
        Write(folder.Points, publication.PointsSchema, StagedPoints, true);
        if (publication.CurvesSchema is { } curves) Write(folder.Curves, curves, StagedCurves, false);
        WriteFailures(publication, hash, embedding);
        disk.WriteSynced(folder.Staged(StagedManifest), manifest.ToBytes());
        disk.SyncFolder(folder.Staging);
        byte[] intent = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { [DatasetMetadata.SpecHashKey] = hash });
        disk.Replace(folder.Staged("extension.json"), folder.ExtensionIntent, intent);
        PutInPlace(folder, disk, hash);

        void Write(string table, TableSchema schema, string staged, bool onePerPoint)
        {
            var streams = SortedRows.StreamsOf(folder, table)
                .Select(files => SortedRows.Read(files, publication.Format).Select(batch => Reindex(batch, embedding)));
            SortedRows.Write(
                publication, SortedRows.Merge(streams, onePerPoint), schema, staged, first => DatasetFolder.KeptName(hash, first), cancellation);
        }
    }

    /// <summary>Finishes an extension that a crash interrupted after its commit; for the holder of the lock, before all else.</summary>
    /// <exception cref="DatasetException">The intent cannot be read.</exception>
    public static void Finish(DatasetFolder folder, IDatasetDisk disk)
    {
        if (!File.Exists(folder.ExtensionIntent)) return;
        string? hash = null;
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(folder.ExtensionIntent));
            hash = json.RootElement.GetProperty(DatasetMetadata.SpecHashKey).GetString();
        }
        catch (Exception damaged) when (damaged is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            hash = null;
        }
        if (hash is not { Length: >= 12 }) throw new DatasetException($"{folder.ExtensionIntent} is damaged; restore the dataset from a copy");
        PutInPlace(folder, disk, hash);
    }

    private static void PutInPlace(DatasetFolder folder, IDatasetDisk disk, string hash)
    {
        string prefix = DatasetFolder.KeptPrefix(hash);
        PutInPlace(folder, disk, StagedCurves, folder.Curves, prefix);
        PutInPlace(folder, disk, StagedFailures, folder.Failures, prefix);
        PutInPlace(folder, disk, StagedPoints, folder.Points, prefix);
        if (File.Exists(folder.Staged(StagedManifest))) disk.Move(folder.Staged(StagedManifest), folder.Manifest);
        disk.SyncFolder(folder.Root);
        disk.Delete(folder.ExtensionIntent);
        disk.SyncFolder(folder.Journal);
        disk.Empty(folder.Staging);
    }

    // The new folder is known by its files, whichever of the two places it is in.
    private static void PutInPlace(DatasetFolder folder, IDatasetDisk disk, string staged, string place, string prefix)
    {
        string source = folder.Staged(staged);
        if (!Directory.Exists(source)) return;
        if (Directory.Exists(place))
        {
            if (Directory.EnumerateFiles(place, prefix + "*").Any()) return;
            if (disk.TryExchange(source, place))
            {
                disk.SyncFolder(folder.Staging);
                disk.SyncFolder(folder.Root);
                return;
            }
            disk.Move(place, folder.Staged("old-" + staged));
        }
        disk.Move(source, place);
        disk.SyncFolder(folder.Staging);
        disk.SyncFolder(folder.Root);
    }

    private static void WriteFailures(PartPublication publication, string hash, GridEmbedding embedding)
    {
        var (folder, disk) = (publication.Folder, publication.Disk);
        var points = DatasetFolder.FilesIn(folder.Points).Select(Path.GetFileNameWithoutExtension).ToHashSet();
        bool merged = points.Any(name => DatasetFolder.IsMerged(name!));
        SortedDictionary<long, FailedPoint> failed = [];
        foreach (string path in DatasetFolder.FilesIn(folder.Failures, "*.jsonl"))
        {
            // Failures of a chunk without its points come from a crash before the commit: the chunk will run again.
            string name = Path.GetFileName(path);
            if (!merged && !DatasetFolder.IsKept(name) && !points.Contains(Path.GetFileNameWithoutExtension(name))) continue;
            foreach (var point in FailedPoint.Read(path)) failed[embedding.Map(point.Point)] = point;
        }
        disk.CreateFolder(folder.Staged(StagedFailures));
        disk.Empty(folder.Staged(StagedFailures));
        string lines = string.Concat(failed.Select(pair => (pair.Value with { Point = pair.Key }).ToLine() + "\n"));
        string file = Path.Combine(folder.Staged(StagedFailures), DatasetFolder.KeptFailuresName(hash));
        disk.WriteSynced(file, Encoding.UTF8.GetBytes(lines));
        disk.SyncFolder(folder.Staged(StagedFailures));
    }

    private static TableBatch Reindex(TableBatch batch, GridEmbedding embedding)
    {
        var old = ((ColumnBuffer<long>)batch.Columns[0]).Values;
        var mapped = new ColumnBuffer<long>(old.Length);
        foreach (long point in old) mapped.Append(embedding.Map(point));
        return new(batch.Schema, [mapped, .. batch.Columns.Skip(1)]);
    }
}
