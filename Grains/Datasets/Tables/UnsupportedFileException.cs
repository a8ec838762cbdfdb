namespace Sweeps.Grains.Datasets.Tables;

/// <summary>A file that may be sound, but uses something that is not read here.</summary>
public sealed class UnsupportedFileException(string fileName, long offset, string what)
    : TableFileException(fileName, offset, $"{fileName} cannot be read here (byte {offset}): {what}", null);
