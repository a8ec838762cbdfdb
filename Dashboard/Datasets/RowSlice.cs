using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Dashboard.Datasets;

/// <summary>Some rows of a batch.</summary>
/// <param name="Batch">The columns that were asked for come first, in that order.</param>
/// <param name="Rows">Places in the batch, rising.</param>
internal readonly record struct RowSlice(TableBatch Batch, ReadOnlyMemory<int> Rows);
