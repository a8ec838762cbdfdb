using Sweeps.Grains.Datasets.Parquet.Compression;
using Sweeps.Grains.Datasets.Parquet.Metadata;
using Sweeps.Grains.Datasets.Parquet.Thrift;

namespace Sweeps.Grains.Datasets.Parquet.Writing;

/// <summary>The pages of one column chunk one after the other: each compressed, with its header and checksum.</summary>
internal sealed class ChunkPages(PageCodec wanted) : IDisposable
{
    private readonly ByteSink packed = new();
    private readonly ByteSink header = new();

    /// <summary>The page being put together; <see cref="Append"/> takes it and clears it.</summary>
    public ByteSink Body { get; } = new();

    /// <summary>All pages so far.</summary>
    public ByteSink Bytes { get; } = new();

    /// <summary>
    /// The codec of all pages. A chunk without dictionary whose first page hardly shrinks is stored as it is: measured numbers are mostly
    /// noise,
    /// and everyone who reads them is spared the work.
    /// </summary>
    public PageCodec Codec { get; private set; } = wanted;

    public long UncompressedSize { get; private set; }

    /// <summary>CRC-32 of all page headers.</summary>
    public uint HeadersCrc { get; private set; }

    public void Append(PageKind kind, PageEncoding encoding, int valueCount)
    {
        packed.Clear();
        var stored = Body;
        if (Codec != PageCodec.Uncompressed)
        {
            PageCompression.Compress(Codec, Body.Written, packed);
            if (Bytes.Length == 0 && kind == PageKind.Data && packed.Length > Body.Length * 0.95) Codec = PageCodec.Uncompressed;
            else stored = packed;
        }
        header.Clear();
        new PageHeader(kind, Body.Length, stored.Length, Crc32.Of(stored.Written), valueCount, encoding).Write(new CompactWriter(header));
        HeadersCrc = Crc32.Continue(HeadersCrc, header.Written);
        Bytes.Write(header.Written);
        Bytes.Write(stored.Written);
        UncompressedSize += header.Length + Body.Length;
        Body.Clear();
    }

    /// <summary>No page comes any more: what pages were put together in is given back, while <see cref="Bytes"/> waits for other columns.</summary>
    public void End()
    {
        packed.Dispose();
        header.Dispose();
        Body.Dispose();
    }

    public void Dispose()
    {
        End();
        Bytes.Dispose();
    }
}
