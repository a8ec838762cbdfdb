using System.Collections.Immutable;
using Sweeps.Grains.Datasets;

namespace Sweeps.Grains.Hosts.Local;

/// <summary>What went wrong with chunks of a sweep in this process, as its folder tells it.</summary>
internal static class LocalEvidence
{
    /// <summary>A line for each chunk of which points failed, newest first.</summary>
    public static ImmutableArray<ChunkEvidence> Read(LocalSweep sweep, string worker, int most)
    {
        var newest = DatasetFolder.FilesIn(sweep.Folder.Failures, "*.jsonl").Select(path => new FileInfo(path))
            .Where(file => DatasetFolder.FirstPointOf(file.Name) is { } first && first < sweep.Grid.Count)
            .OrderByDescending(file => file.LastWriteTimeUtc).ThenByDescending(file => file.Name, StringComparer.Ordinal).Take(most);
        var evidence = ImmutableArray.CreateBuilder<ChunkEvidence>();
        foreach (var file in newest)
        {
            FailedPoint[] failed;
            try
            {
                failed = [.. FailedPoint.Read(file.FullName)];
            }
            catch (IOException)
            {
                continue; // folders are being exchanged, perhaps
            }
            if (failed.Length == 0) continue;
            string points = failed.Length == 1 ? "1 point" : $"{failed.Length} points";
            evidence.Add(new(
                sweep.Plan.ChunkOf(DatasetFolder.FirstPointOf(file.Name)!.Value).Number, worker, file.LastWriteTimeUtc, "failed",
                $"{points}, the first for: {failed[0].Cause}"));
        }
        return evidence.ToImmutable();
    }
}
