using System.Globalization;
using System.Text.Json;
using Sweeps.Grains.Datasets.Disk;

namespace Sweeps.Grains.Datasets;

/// <summary>
/// <c>_journal/cluster.json</c>: says that a cluster made the dataset, and of which submission it is. Its silos write there only where it
/// bears their mark, and local runs only once it is complete.
/// </summary>
internal static class ClusterMark
{
    private const string Key = "mark";

    public static bool IsIn(DatasetFolder folder) => File.Exists(folder.Mark);

    /// <returns>Null if there is none.</returns>
    /// <exception cref="DatasetException">It is damaged.</exception>
    public static Guid? Read(DatasetFolder folder)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(folder.Mark));
            return json.RootElement.GetProperty(Key).GetGuid();
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception damaged) when (damaged is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw DatasetException.Damage($"{folder.Mark} is damaged; restore it from a copy", damaged);
        }
    }

    /// <summary>Puts a mark where there is none; whoever is first leaves his.</summary>
    /// <param name="folder">The dataset.</param>
    /// <param name="mark">Of the submission.</param>
    /// <param name="staged">A name in staging that no one else uses.</param>
    /// <param name="disk">The file system.</param>
    public static void Write(DatasetFolder folder, Guid mark, string staged, IDatasetDisk disk)
    {
        disk.WriteSynced(staged, JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, Guid> { [Key] = mark }));
        disk.Link(staged, folder.Mark);
        disk.SyncFolder(folder.Journal);
        disk.Delete(staged);
    }

    /// <summary>Makes an ordinary dataset of it; no silo will write there any more.</summary>
    public static void Remove(DatasetFolder folder, IDatasetDisk disk)
    {
        if (!IsIn(folder)) return;
        disk.Delete(folder.Mark);
        disk.SyncFolder(folder.Journal);
    }

    /// <summary>The intents of extensions under way: while there is one, tables of two generations stand side by side.</summary>
    public static string[] Intents(DatasetFolder folder) =>
        Directory.Exists(folder.Journal) ? Directory.GetFiles(folder.Journal, "extension-*.json") : [];

    /// <summary>Where the intent of an extension is written.</summary>
    public static string IntentOf(DatasetFolder folder, long epoch) =>
        Path.Combine(folder.Journal, string.Create(CultureInfo.InvariantCulture, $"extension-{epoch:D19}.json"));
}
