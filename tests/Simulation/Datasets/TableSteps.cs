using Sweeps.Grains.Datasets;
using Sweeps.Simulation.Sweep;

namespace Sweeps.Simulation.Datasets;

/// <summary>The steps of <c>SortedRows</c>: the rows of a table's files that count, written anew into one file.</summary>
internal static class TableSteps
{
    /// <param name="disk">The file system.</param>
    /// <param name="table">Where they are.</param>
    /// <param name="committed">Names of the files in <c>points</c>: parts of another name do not count.</param>
    /// <param name="isCancelled">Asked at every file.</param>
    /// <returns>The points of the rows.</returns>
    /// <exception cref="DatasetException">A point has rows in two files.</exception>
    public static async Task<ulong> ReadAsync(SiloDisk disk, string table, IReadOnlyCollection<string> committed, Func<bool> isCancelled)
    {
        ulong rows = 0;
        foreach (string name in await disk.ListAsync(table))
        {
            if (isCancelled()) throw new OperationCanceledException();
            if (Names.IsPart(name) && !committed.Contains(name)) continue;
            var file = await disk.ReadAsync<DataFile>($"{table}/{name}");
            if ((rows & file.Points) != 0) throw new DatasetException($"{table}/{name} has rows that are in another file, too");
            rows |= file.Points;
        }
        return rows;
    }

    public static async Task WriteAsync(SiloDisk disk, string folder, string name, DataFile rows)
    {
        await disk.WriteSyncedAsync($"{folder}/{name}", rows);
        await disk.SyncFolderAsync(folder);
    }
}
