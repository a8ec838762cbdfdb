using Sweeps.Grains.Datasets.Parquet.Metadata;

namespace Sweeps.Grains.Datasets.Parquet.Writing;

/// <summary>A column chunk ready to be written.</summary>
/// <param name="pages">Its bytes.</param>
/// <param name="chunk">Its metadata, with offsets from its own beginning.</param>
internal sealed class EncodedChunk(ChunkPages pages, ColumnChunk chunk) : IDisposable
{
    public ReadOnlySpan<byte> Bytes => pages.Bytes.Written;

    /// <summary>The metadata of the chunk when it begins there in the file.</summary>
    public ColumnChunk At(long offset) => chunk with
    {
        DataPageOffset = chunk.DataPageOffset + offset,
        DictionaryPageOffset = chunk.DictionaryPageOffset + offset,
    };

    public void Dispose() => pages.Dispose();
}
