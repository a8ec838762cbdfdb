namespace Sweeps.Grains.Datasets.Tables;

/// <summary>One column of a table.</summary>
/// <param name="Name">Unique in its table, not empty.</param>
/// <param name="Type">Type of the values.</param>
/// <param name="Nullable">Whether a row may have no value.</param>
/// <param name="Unit">Unit of the values (<c>OU time</c>, <c>1</c>), null where the word has no meaning.</param>
/// <param name="Description">One clause for readers of the data, or null.</param>
public sealed record TableColumn(string Name, ColumnType Type, bool Nullable = false, string? Unit = null, string? Description = null);
