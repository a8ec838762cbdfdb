namespace Sweeps.Grains.Datasets.Tables;

/// <summary>Writes a table. Disposed before <see cref="Complete"/>, it leaves bytes that no reader takes for a file.</summary>
public interface ITableWriter : IDisposable
{
    /// <summary>
    /// Writes a batch as one row group; an empty batch writes nothing. The batch may be cleared and filled again afterwards.
    /// </summary>
    /// <exception cref="ArgumentException">The batch does not fit the schema, or holds text that is not well-formed.</exception>
    void Write(TableBatch batch);

    /// <summary>Writes what ends the file. Nothing may be written after it.</summary>
    void Complete();
}
