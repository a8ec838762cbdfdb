using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Grains.Datasets;

/// <summary>A file of a dataset that cannot be read, for people.</summary>
public static class DamagedFiles
{
    /// <summary>One sentence with the remedy.</summary>
    public static string Sentence(TableFileException damaged) => $"{damaged.Message.TrimEnd('?', '.')}; {RemedyFor(damaged.FileName)}";

    // Only a chunk's own two files can be computed again: a merged file is all of the sweep, a kept one has no chunk.
    private static string RemedyFor(string file) => DatasetFolder.FirstPointOf(file) is null
        ? "restore the file from a copy, or begin the sweep in another folder"
        : $"restore the file from a copy, or delete {Path.GetFileName(file)} in points/ and in curves/, and resume to compute it again";
}
