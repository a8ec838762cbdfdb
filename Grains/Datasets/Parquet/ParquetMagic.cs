namespace Sweeps.Grains.Datasets.Parquet;

/// <summary>The four bytes at both ends of a Parquet file.</summary>
internal static class ParquetMagic
{
    public static ReadOnlySpan<byte> Bytes => "PAR1"u8;

    /// <summary>In their place when the footer is encrypted.</summary>
    public static ReadOnlySpan<byte> Encrypted => "PARE"u8;
}
