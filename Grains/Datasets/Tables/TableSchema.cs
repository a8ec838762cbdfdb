using System.Collections.Immutable;

namespace Sweeps.Grains.Datasets.Tables;

/// <summary>The columns of a table, in order.</summary>
public sealed class TableSchema
{
    private readonly Dictionary<string, int> indices;

    /// <exception cref="ArgumentException">No column, an empty name, or a name twice.</exception>
    public TableSchema(ImmutableArray<TableColumn> columns)
    {
        if (columns.IsDefaultOrEmpty) throw new ArgumentException("a table needs at least one column", nameof(columns));
        indices = new(columns.Length, StringComparer.Ordinal);
        for (int i = 0; i < columns.Length; i++)
        {
            if (string.IsNullOrEmpty(columns[i].Name)) throw new ArgumentException($"column {i} has no name", nameof(columns));
            if (!indices.TryAdd(columns[i].Name, i))
                throw new ArgumentException($"column '{columns[i].Name}' appears twice", nameof(columns));
        }
        Columns = columns;
    }

    public ImmutableArray<TableColumn> Columns { get; }

    /// <summary>Index of the column so named, −1 if there is none.</summary>
    public int IndexOf(string name) => indices.GetValueOrDefault(name, -1);

    /// <summary>The schema of some of the columns, in the order asked for.</summary>
    /// <exception cref="ArgumentException">A name that is no column, or none at all.</exception>
    public TableSchema Select(IReadOnlyList<string> names) => new([.. names.Select(name => Columns[RequiredIndexOf(name)])]);

    /// <exception cref="ArgumentException">No such column; the message lists those there are.</exception>
    public int RequiredIndexOf(string name) => indices.TryGetValue(name, out int index)
        ? index
        : throw new ArgumentException($"no column '{name}'; there are: {string.Join(", ", Columns.Select(c => c.Name))}", nameof(name));
}
