namespace Sweeps.Grains.Datasets.Tables;

/// <summary>A file that cannot be read as a table, and where in it the reason lies.</summary>
public abstract class TableFileException : IOException
{
    private protected TableFileException(string fileName, long offset, string message, Exception? cause)
        : base(message, cause)
    {
        FileName = fileName;
        Offset = offset;
    }

    public string FileName { get; }

    /// <summary>Byte offset in the file.</summary>
    public long Offset { get; }
}
