using System.Globalization;

namespace Sweeps.Grains.Datasets;

/// <summary>The names of everything in a dataset; it touches no file.</summary>
public sealed class DatasetFolder(string directory)
{
    private const string Parquet = ".parquet";
    private const string Merged = "merged-";
    private const string Kept = "kept-";
    private const string GivenUp = "given-up-";

    public string Root { get; } = Path.GetFullPath(directory);

    public string Points => Path.Combine(Root, "points");

    public string Curves => Path.Combine(Root, "curves");

    public string Failures => Path.Combine(Root, "failures");

    public string Journal => Path.Combine(Root, "_journal");

    public string Staging => Path.Combine(Root, "_staging");

    public string Manifest => Path.Combine(Root, "sweep.json");

    public string Lock => Path.Combine(Journal, "lock");

    /// <summary>Present where a cluster made the dataset, and only its silos write until it is complete.</summary>
    public string Mark => Path.Combine(Journal, "cluster.json");

    public string Events => Path.Combine(Journal, "events.jsonl");

    /// <summary>Present while an extension is being put into place: it must be finished, not undone.</summary>
    public string ExtensionIntent => Path.Combine(Journal, "extension.json");

    /// <summary>A file on its way, named by its kind and purpose.</summary>
    public string Staged(string name) => Path.Combine(Staging, name);

    /// <summary>The rows of the chunk that begins at a point: <c>000000001234.parquet</c>.</summary>
    public static string PartName(long firstPoint) => Digits(firstPoint) + Parquet;

    /// <summary>Rows of a complete sweep from a point on.</summary>
    public static string MergedName(long firstPoint) => $"{Merged}{Digits(firstPoint)}{Parquet}";

    /// <summary>Rows that an extension kept; named by the new spec's hash, too, so that no two generations share a name.</summary>
    public static string KeptName(string specHash, long firstPoint) => $"{KeptPrefix(specHash)}{Digits(firstPoint)}{Parquet}";

    /// <summary>What the names of one generation of kept files begin with.</summary>
    public static string KeptPrefix(string specHash) => $"{Kept}{specHash[..12]}-";

    /// <summary>Failures of the chunk that begins at a point.</summary>
    public static string FailuresName(long firstPoint) => Digits(firstPoint) + ".jsonl";

    /// <summary>Failures of a chunk that was given up: a name that no worker writes.</summary>
    public static string GivenUpName(long firstPoint) => $"{GivenUp}{Digits(firstPoint)}.jsonl";

    /// <summary>What the names of a sweep's staged parts begin with, where many processes write: the generation, and the lease.</summary>
    public static string StagedPrefix(string specHash, long epoch) =>
        string.Create(CultureInfo.InvariantCulture, $"{StagedPrefix(specHash)}{epoch}-");

    /// <summary>What the names of all staged parts of one generation begin with.</summary>
    public static string StagedPrefix(string specHash) => specHash[..12] + "-";

    /// <summary>Failures that an extension kept.</summary>
    public static string KeptFailuresName(string specHash) => $"{KeptPrefix(specHash)}.jsonl";

    public static bool IsMerged(string fileName) => fileName.StartsWith(Merged, StringComparison.Ordinal);

    public static bool IsKept(string fileName) => fileName.StartsWith(Kept, StringComparison.Ordinal);

    /// <summary>The first point of a part or failures file; null if the name is of another kind.</summary>
    public static long? FirstPointOf(string fileName)
    {
        string stem = Path.GetFileNameWithoutExtension(fileName);
        return stem.Length == 12 && long.TryParse(stem, NumberStyles.None, CultureInfo.InvariantCulture, out long first) ? first : null;
    }

    /// <summary>The part that a file of failures belongs to, without its ending.</summary>
    internal static string StemOfFailures(string fileName)
    {
        string stem = Path.GetFileNameWithoutExtension(fileName);
        return stem.StartsWith(GivenUp, StringComparison.Ordinal) ? stem[GivenUp.Length..] : stem;
    }

    /// <summary>Data files of a folder in order of their names; none if there is no folder.</summary>
    internal static string[] FilesIn(string folder, string pattern = "*" + Parquet)
    {
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, pattern) : [];
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    // 10⁹ points at most: twelve digits sort as the numbers do.
    private static string Digits(long point) => point.ToString("D12", CultureInfo.InvariantCulture);
}
