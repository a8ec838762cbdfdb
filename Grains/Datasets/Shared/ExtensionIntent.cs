using System.Text.Json;
using Sweeps.Grains.Datasets.Disk;

namespace Sweeps.Grains.Datasets.Shared;

/// <summary>
/// <c>_journal/extension-N.json</c>, there while tables of two generations stand side by side: names the files of <c>points/</c> whose rows the
/// larger grid keeps. Late workers may commit parts while the tables are written anew, and between the terms of two silos; without the list
/// one table would have their rows and another would not.
/// </summary>
internal static class ExtensionIntent
{
    private const string Key = "parts";

    /// <summary>The files of <c>points/</c> at this moment, of which each table is to be made.</summary>
    public static IReadOnlySet<string> PartsOf(DatasetFolder folder) =>
        DatasetFolder.FilesIn(folder.Points).Select(path => Path.GetFileName(path)).ToHashSet(StringComparer.Ordinal);

    /// <summary>Writes it out of the term's folder, so that a term that is over leaves none behind.</summary>
    public static void Write(DatasetFolder folder, DatasetTerm term, IReadOnlySet<string> parts, IDatasetDisk disk)
    {
        string staged = term.PathOf("extension.json");
        disk.WriteSynced(staged, JsonSerializer.SerializeToUtf8Bytes(
            new Dictionary<string, string[]> { [Key] = [.. parts.Order(StringComparer.Ordinal)] }));
        disk.Move(staged, ClusterMark.IntentOf(folder, term.Epoch));
        disk.SyncFolder(folder.Journal);
    }

    /// <summary>The list by which the tables that are in place were made: the last one, since an earlier term exchanges nothing any more.</summary>
    /// <exception cref="DatasetMovedException">There is none: another silo has ended the extension.</exception>
    /// <exception cref="DatasetException">It is damaged.</exception>
    public static IReadOnlySet<string> Read(DatasetFolder folder)
    {
        string? last = ClusterMark.Intents(folder).Max(StringComparer.Ordinal);
        try
        {
            if (last is null) throw new FileNotFoundException();
            using var json = JsonDocument.Parse(File.ReadAllBytes(last));
            return json.RootElement.GetProperty(Key).EnumerateArray().Select(name => name.GetString()!).ToHashSet(StringComparer.Ordinal);
        }
        catch (FileNotFoundException)
        {
            throw new DatasetMovedException($"another silo has ended the extension of {folder.Root}");
        }
        catch (Exception damaged) when (damaged is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw DatasetException.Damage($"{last} is damaged; restore it from a copy", damaged);
        }
    }
}
