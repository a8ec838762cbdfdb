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
        foreach (string staged in (string[])[StagedPoints, StagedCurves, StagedFailures])
        {
            if (staged == StagedCurves && publication.CurvesSchema is null) continue;
            disk.CreateFolder(folder.Staged(staged));
            disk.Empty(folder.Staged(staged));
        }
        var rows = new ExtendedRows(publication, embedding, Shared.ExtensionIntent.PartsOf(folder));
        rows.WritePoints(StagedPoints, cancellation);
        if (publication.CurvesSchema is not null) rows.WriteCurves(StagedCurves, [], cancellation);
        rows.WriteFailures(StagedFailures);
        disk.WriteSynced(folder.Staged(StagedManifest), manifest.ToBytes());
        disk.SyncFolder(folder.Staging);
        byte[] intent = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { [DatasetMetadata.SpecHashKey] = hash });
        disk.Replace(folder.Staged("extension.json"), folder.ExtensionIntent, intent);
        PutInPlace(folder, disk, hash);
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
        if (hash is not { Length: >= 12 }) throw DatasetException.Damage($"{folder.ExtensionIntent} is damaged; restore the dataset from a copy");
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
}
