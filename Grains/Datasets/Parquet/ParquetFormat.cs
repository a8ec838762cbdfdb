using Sweeps.Grains.Datasets.Parquet.Compression;
using Sweeps.Grains.Datasets.Parquet.Reading;
using Sweeps.Grains.Datasets.Parquet.Writing;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Grains.Datasets.Parquet;

/// <summary>Tables as Apache Parquet files (format 2.x, data pages of the first version), which every tool reads.</summary>
public sealed class ParquetFormat : ITableFormat
{
    private readonly PageCodec codec;
    private readonly int threads;

    /// <param name="codec">How pages are compressed.</param>
    /// <param name="threads">How many columns are coded at once; 0 for as many as there are processors. The bytes do not depend on
    /// it.</param>
    /// <exception cref="ArgumentOutOfRangeException">A codec that is not written here, or a negative number.</exception>
    public ParquetFormat(PageCodec codec = PageCodec.Snappy, int threads = 0)
    {
        if (!PageCompression.Supports(codec))
            throw new ArgumentOutOfRangeException(nameof(codec), codec, "write Snappy, Gzip or Uncompressed");
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        this.codec = codec;
        this.threads = threads == 0 ? Environment.ProcessorCount : threads;
    }

    /// <inheritdoc/>
    public ITableWriter Create(Stream output, TableSchema schema, IReadOnlyDictionary<string, string> metadata) =>
        new ParquetWriter(output, schema, metadata, codec, threads);

    /// <inheritdoc/>
    public ITableReader Open(string path) => ParquetReader.Open(path, threads);
}
