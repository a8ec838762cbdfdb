namespace Sweeps.Grains.Datasets.Parquet;

/// <summary>What no file of ours exceeds, so that a hostile one cannot ask for more.</summary>
internal static class ParquetLimits
{
    /// <summary>Rows of a row group: a run of one value takes a few bytes in the file, but a slot per row in memory.</summary>
    public const int GroupRows = 1 << 24;

    /// <summary>Slots taken in advance per byte of a column chunk; with more, the buffer grows as pages prove themselves.</summary>
    public const int SlotsPerByte = 256;
}
