namespace Sweeps.Grains.Datasets.Tables;

/// <summary>A file format for tables: all that the rest knows of how rows become bytes.</summary>
public interface ITableFormat
{
    /// <summary>Starts a file on a stream, which stays the caller's: to flush, to sync, to close.</summary>
    /// <param name="output">Where the bytes go; written forward only.</param>
    /// <param name="schema">The columns.</param>
    /// <param name="metadata">Keys and values for the whole file: the spec's hash, the software's version.</param>
    ITableWriter Create(Stream output, TableSchema schema, IReadOnlyDictionary<string, string> metadata);

    /// <summary>Opens a file and reads what it says of itself.</summary>
    /// <exception cref="DamagedFileException">It is not what it should be.</exception>
    /// <exception cref="UnsupportedFileException">It uses something that is not read here.</exception>
    ITableReader Open(string path);
}
