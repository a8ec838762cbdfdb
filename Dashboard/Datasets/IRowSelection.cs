using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Dashboard.Datasets;

/// <summary>The chosen rows of one table of a dataset, read as they are asked for.</summary>
internal interface IRowSelection
{
    /// <summary>All columns there are.</summary>
    TableSchema Columns { get; }

    /// <summary>The rows in order, a bounded number at a time; a slice is good until the next one is asked for.</summary>
    /// <exception cref="OperationCanceledException">Who reads has enough.</exception>
    /// <exception cref="TableFileException">A file is damaged.</exception>
    IEnumerable<RowSlice> Slices(IReadOnlyList<string> columns);
}
