using Sweeps.Grains.Datasets;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Dashboard.Datasets;

/// <summary>
/// A dataset whose files are damaged, closed to this process, or moved while they were read, as those of a running sweep are now and then.
/// </summary>
internal static class UnreadDataset
{
    public static bool Is(Exception fault) => fault is DatasetException or TableFileException or IOException or UnauthorizedAccessException;

    /// <summary>For whoever looks at it: damage by name, all else as of this moment.</summary>
    public static string Sentence(Exception unread) =>
        unread is DatasetException ? unread.Message : "the dataset's files cannot be read at this moment";
}
