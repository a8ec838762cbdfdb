using System.Collections.Immutable;

namespace Sweeps.Grains.Datasets.Tables;

/// <summary>A run of rows that is read as one.</summary>
/// <param name="RowCount">Rows in it.</param>
/// <param name="Statistics">One per column of the table, in the schema's order.</param>
public sealed record RowGroup(int RowCount, ImmutableArray<ColumnStatistics> Statistics);
