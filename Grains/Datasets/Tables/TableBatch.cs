using System.Collections.Immutable;

namespace Sweeps.Grains.Datasets.Tables;

/// <summary>Rows of a table in memory, column by column.</summary>
public sealed class TableBatch
{
    /// <summary>An empty batch, with room for <paramref name="capacity"/> rows.</summary>
    public TableBatch(TableSchema schema, int capacity = 0)
        : this(schema, [.. schema.Columns.Select(column => ColumnBuffer.Of(column.Type, capacity))])
    {
    }

    /// <summary>A batch over given buffers, one per column.</summary>
    /// <exception cref="ArgumentException">Not one buffer of the right type per column.</exception>
    public TableBatch(TableSchema schema, ImmutableArray<ColumnBuffer> columns)
    {
        if (columns.Length != schema.Columns.Length)
            throw new ArgumentException($"{columns.Length} buffers for {schema.Columns.Length} columns", nameof(columns));
        for (int i = 0; i < columns.Length; i++)
        {
            if (columns[i].Type != schema.Columns[i].Type)
                throw new ArgumentException($"column {schema.Columns[i]} has a buffer of {columns[i].Type}", nameof(columns));
        }
        Schema = schema;
        Columns = columns;
    }

    public TableSchema Schema { get; }

    /// <summary>A buffer per column, in the schema's order.</summary>
    public ImmutableArray<ColumnBuffer> Columns { get; }

    /// <summary>Rows that are whole: the length of the first column, which all others share between rows.</summary>
    public int RowCount => Columns[0].Count;

    /// <summary>The typed buffer of a column.</summary>
    /// <exception cref="ArgumentException">No such column, or one of another type.</exception>
    public ColumnBuffer<T> Column<T>(string name)
        where T : notnull
    {
        int index = Schema.RequiredIndexOf(name);
        return Columns[index] as ColumnBuffer<T>
            ?? throw new ArgumentException($"column '{name}' is {Schema.Columns[index].Type}, not {typeof(T).Name}", nameof(name));
    }

    /// <summary>Checks that every row is whole, and that only nullable columns lack values.</summary>
    /// <exception cref="ArgumentException">They are not; the message names the column.</exception>
    public void Check()
    {
        for (int i = 0; i < Columns.Length; i++)
        {
            var column = Schema.Columns[i];
            if (Columns[i].Count != RowCount)
                throw new ArgumentException(
                    $"column '{column.Name}' has {Columns[i].Count} rows, column '{Schema.Columns[0].Name}' has {RowCount}");
            if (Columns[i].NullCount > 0 && !column.Nullable)
                throw new ArgumentException($"column '{column.Name}' is not nullable, but {Columns[i].NullCount} rows have no value");
        }
    }

    /// <summary>Drops all rows, keeps the memory.</summary>
    public void Clear()
    {
        foreach (var column in Columns) column.Clear();
    }
}
