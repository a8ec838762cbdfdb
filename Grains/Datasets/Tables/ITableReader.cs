using System.Collections.Immutable;

namespace Sweeps.Grains.Datasets.Tables;

/// <summary>Reads a table. Reading is safe from several threads at once.</summary>
public interface ITableReader : IDisposable
{
    TableSchema Schema { get; }

    /// <summary>The keys and values given when the file was written.</summary>
    IReadOnlyDictionary<string, string> Metadata { get; }

    long RowCount { get; }

    ImmutableArray<RowGroup> RowGroups { get; }

    /// <summary>Reads one row group: the columns named, in that order, or all.</summary>
    /// <exception cref="ArgumentException">No such column.</exception>
    /// <exception cref="DamagedFileException">The bytes are not what they should be.</exception>
    /// <exception cref="UnsupportedFileException">They use something that is not read here.</exception>
    TableBatch ReadRowGroup(int index, IReadOnlyList<string>? columns = null);
}
