namespace Sweeps.Grains.Datasets.Tables;

/// <summary>A file whose bytes are not what they should be.</summary>
public sealed class DamagedFileException(string fileName, long offset, string expected, Exception? cause = null)
    : TableFileException(fileName, offset, $"{fileName} is damaged at byte {offset}: {expected}", cause);
