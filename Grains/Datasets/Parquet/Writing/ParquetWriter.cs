using System.Collections.Immutable;
using Sweeps.Grains.Datasets.Parquet.Compression;
using Sweeps.Grains.Datasets.Parquet.Metadata;
using Sweeps.Grains.Datasets.Parquet.Thrift;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Grains.Datasets.Parquet.Writing;

/// <summary>Writes a Parquet file: the magic bytes, a chunk of every column per batch, the footer, its length, the magic bytes.</summary>
internal sealed class ParquetWriter : ITableWriter
{
    /// <summary>Below so many values a second thread is not worth waking.</summary>
    private const long WorthSharing = 1 << 16;

    private readonly Stream output;
    private readonly TableSchema schema;
    private readonly ImmutableArray<KeyValue> metadata;
    private readonly PageCodec codec;
    private readonly ParallelOptions parallel;
    private readonly List<ChunkGroup> groups = [];
    private long position;
    private bool ended;

    public ParquetWriter(Stream output, TableSchema schema, IReadOnlyDictionary<string, string> metadata, PageCodec codec, int threads)
    {
        if (metadata.ContainsKey(ColumnNotes.FileKey))
            throw new ArgumentException($"the key '{ColumnNotes.FileKey}' is written by this writer itself", nameof(metadata));
        this.output = output;
        this.schema = schema;
        this.codec = codec;
        this.metadata =
        [
            .. metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new KeyValue(pair.Key, pair.Value)),
            new KeyValue(ColumnNotes.FileKey, ColumnNotes.ToJson(schema)),
        ];
        parallel = new() { MaxDegreeOfParallelism = threads };
        Put(ParquetMagic.Bytes);
    }

    /// <inheritdoc/>
    public void Write(TableBatch batch)
    {
        if (ended) throw new InvalidOperationException("the file is complete, or an earlier batch failed");
        if (!batch.Schema.Columns.SequenceEqual(schema.Columns))
            throw new ArgumentException("the batch has another schema than the file", nameof(batch));
        batch.Check();
        if (batch.RowCount > ParquetLimits.GroupRows)
            throw new ArgumentException($"{batch.RowCount} rows in a batch of at most {ParquetLimits.GroupRows}", nameof(batch));
        if (batch.RowCount == 0) return;
        var chunks = new EncodedChunk?[batch.Columns.Length];
        try
        {
            Encode(batch, chunks);
            ended = true;
            var placed = ImmutableArray.CreateBuilder<ColumnChunk>(chunks.Length);
            foreach (var chunk in chunks)
            {
                placed.Add(chunk!.At(position));
                Put(chunk.Bytes);
            }
            groups.Add(new(placed.MoveToImmutable(), batch.RowCount));
            ended = false;
        }
        finally
        {
            foreach (var chunk in chunks) chunk?.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Complete()
    {
        if (ended) throw new InvalidOperationException("the file is complete, or an earlier batch failed");
        ended = true;
        using var bytes = new ByteSink();
        long rows = groups.Sum(group => group.RowCount);
        var footer = new FileFooter(ParquetSchema.NodesOf(schema), rows, [.. groups], metadata, FooterSeal.CreatedBy);
        footer.Write(new CompactWriter(bytes));
        FooterSeal.Append(bytes);
        bytes.WriteInt32(bytes.Length);
        bytes.Write(ParquetMagic.Bytes);
        Put(bytes.Written);
        output.Flush();
    }

    /// <summary>The stream is the caller's; nothing is held here.</summary>
    public void Dispose() => ended = true;

    private void Encode(TableBatch batch, EncodedChunk?[] chunks)
    {
        void One(int i) => chunks[i] = ColumnChunkWriter.Encode(schema.Columns[i], batch.Columns[i], codec);

        if ((long)batch.RowCount * chunks.Length < WorthSharing || parallel.MaxDegreeOfParallelism == 1)
        {
            for (int i = 0; i < chunks.Length; i++) One(i);
            return;
        }
        try
        {
            Parallel.For(0, chunks.Length, parallel, One);
        }
        catch (AggregateException several)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        output.Write(bytes);
        position += bytes.Length;
    }
}
