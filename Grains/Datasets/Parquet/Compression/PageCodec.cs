namespace Sweeps.Grains.Datasets.Parquet.Compression;

/// <summary>How pages are compressed, by the format's numbers; those not written or read here are known by name only.</summary>
public enum PageCodec
{
    Uncompressed = 0,
    Snappy = 1,
    Gzip = 2,
    Lzo = 3,
    Brotli = 4,
    Lz4 = 5,
    Zstd = 6,
    Lz4Raw = 7,
}
