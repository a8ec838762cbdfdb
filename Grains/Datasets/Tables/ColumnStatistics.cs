namespace Sweeps.Grains.Datasets.Tables;

/// <summary>
/// What a file says of one column in one row group, for skipping. Bounds are inclusive, of the column's CLR type; text is ordered by code
/// point;
/// NaN is never counted in, and −0 stands below +0. A null bound says nothing: not known, or no value at all.
/// </summary>
/// <param name="NullCount">Rows without a value, or null if the file does not say.</param>
/// <param name="Minimum">No value is below it.</param>
/// <param name="Maximum">No value is above it.</param>
public sealed record ColumnStatistics(long? NullCount, object? Minimum, object? Maximum);
