using System.Globalization;
using Sweeps.Grains.Datasets.Disk;

namespace Sweeps.Grains.Datasets.Shared;

/// <summary>
/// The right of one silo to exchange the folders of a dataset, and its fence: no silo of an earlier term, however long it was stopped, can
/// exchange anything once a later one has begun.
/// </summary>
/// <remarks>
/// All that a term stages is in a folder of its own, <c>_staging/term-N</c>, and every exchange or move of a table has a path in it. A later
/// term leaves its number in the journal, and then renames the folders of earlier ones: from that moment on whatever they try fails, since
/// their path is gone. They cannot make it anew: after making its folder, a term looks for numbers above its own, and one that finds none has
/// made its folder before the later number was written, and so before the later term looked for folders. What was renamed is deleted only
/// when all tables are in place, because on file systems without an exchange a crash may have left the only copy of a table there.
/// Whoever comes later touches nothing of a higher number.
/// </remarks>
internal sealed class DatasetTerm
{
    private const string Own = "term-";
    private const string Aside = "aside-";
    private const int Attempts = 20;

    // "one" and "other" are to see whether folders can be exchanged.
    private static readonly string[] Tables = ["points", "curves", "failures", "one", "other"];

    private readonly DatasetFolder folder;
    private readonly IDatasetDisk disk;

    private DatasetTerm(DatasetFolder folder, long epoch, IDatasetDisk disk) =>
        (this.folder, Epoch, this.disk) = (folder, epoch, disk);

    public long Epoch { get; }

    /// <summary>Its folder in staging.</summary>
    public string Folder => Own + Digits(Epoch);

    /// <summary>Path of something in its folder.</summary>
    public string PathOf(string name) => folder.Staged(Path.Combine(Folder, name));

    /// <exception cref="DatasetMovedException">A later term has begun.</exception>
    public static DatasetTerm Begin(DatasetFolder folder, long epoch, IDatasetDisk disk)
    {
        var term = new DatasetTerm(folder, epoch, disk);
        term.CheckIsLast();
        disk.CreateFile(Path.Combine(folder.Journal, term.Folder)).Dispose();
        disk.SyncFolder(folder.Journal);
        term.PutAside();
        foreach (string name in Tables) disk.CreateFolder(term.PathOf(name));
        try
        {
            term.CheckIsLast();
        }
        catch (DatasetMovedException)
        {
            foreach (string name in (string[])[.. Tables, ""]) disk.DeleteEmptyFolder(term.PathOf(name));
            throw;
        }
        foreach (long earlier in Numbers(Directory.GetFiles(folder.Journal, Own + "*"), Own).Where(other => other < epoch))
            disk.Delete(Path.Combine(folder.Journal, Own + Digits(earlier)));
        return term;
    }

    /// <summary>Puts a table back that an earlier term had moved away, to put another there, when it ended.</summary>
    public void Restore(string name, string place)
    {
        if (Directory.Exists(place) && Directory.EnumerateFileSystemEntries(place).Any()) return;
        string? away = SetAside().Select(aside => Path.Combine(aside, OldName(name))).LastOrDefault(Directory.Exists);
        if (away is null) return;
        disk.DeleteEmptyFolder(place);
        disk.Move(away, place);
        disk.SyncFolder(folder.Root);
    }

    /// <summary>Puts a staged table in the place of another.</summary>
    public void PutInPlace(string name, string place)
    {
        if (!disk.TryExchange(PathOf(name), place))
        {
            if (Directory.Exists(place)) disk.Move(place, PathOf(OldName(name)));
            disk.Move(PathOf(name), place);
        }
        disk.SyncFolder(folder.Root);
    }

    /// <summary>Clears away what this term and earlier ones staged; all tables are in place.</summary>
    public void End()
    {
        PutAside();
        foreach (string aside in SetAside()) Discard(aside);
    }

    private static string OldName(string name) => "old-" + name;

    private void CheckIsLast()
    {
        long last = Numbers(Directory.GetFiles(folder.Journal, Own + "*"), Own).DefaultIfEmpty(-1).Max();
        if (last > Epoch)
            throw new DatasetMovedException($"another silo has taken over the work on {folder.Root} (term {last} after {Epoch}); "
                + "if the server was restored from an older copy, stop all silos and delete _journal/term-* there");
    }

    // Renamed at once, with all that is inside: deleting file by file could meet an exchange half way.
    private void PutAside()
    {
        foreach (long number in Numbers(Directory.GetDirectories(folder.Staging, Own + "*"), Own).Where(other => other <= Epoch))
        {
            try
            {
                disk.Move(folder.Staged(Own + Digits(number)), folder.Staged($"{Aside}{Digits(number)}-{Guid.NewGuid():N}"));
            }
            catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
            {
                continue; // its own term, or another that ended it, was quicker
            }
        }
        disk.SyncFolder(folder.Staging);
    }

    private IEnumerable<string> SetAside() => Directory.GetDirectories(folder.Staging, Aside + "*")
        .Where(path => NumberOf(Path.GetFileName(path), Aside) is { } number && number <= Epoch)
        .Order(StringComparer.Ordinal);

    // Others may be at the same, and a worker that holds a folder in there may still put a part into it.
    private void Discard(string path)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                disk.Empty(path);
                disk.DeleteEmptyFolder(path);
                return;
            }
            catch (Exception) when (!Directory.Exists(path))
            {
                return;
            }
            catch (IOException) when (attempt < Attempts)
            {
                continue;
            }
        }
    }

    private static IEnumerable<long> Numbers(IEnumerable<string> paths, string kind) =>
        paths.Select(path => NumberOf(Path.GetFileName(path), kind)).OfType<long>();

    private static long? NumberOf(string name, string kind) => name.Length >= kind.Length + 19
        && long.TryParse(name.AsSpan(kind.Length, 19), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;

    private static string Digits(long number) => number.ToString("D19", CultureInfo.InvariantCulture);
}
