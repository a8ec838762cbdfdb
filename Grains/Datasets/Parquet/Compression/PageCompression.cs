using System.IO.Compression;

namespace Sweeps.Grains.Datasets.Parquet.Compression;

/// <summary>Compresses and decompresses pages by codec.</summary>
internal static class PageCompression
{
    /// <summary>Deflate's best: 258 bytes in two bits.</summary>
    private const int BestDeflateRatio = 1032;

    public static bool Supports(PageCodec codec) => codec is PageCodec.Uncompressed or PageCodec.Snappy or PageCodec.Gzip;

    /// <summary>Appends the compressed form.</summary>
    public static void Compress(PageCodec codec, ReadOnlySpan<byte> source, ByteSink target)
    {
        switch (codec)
        {
            case PageCodec.Uncompressed: target.Write(source); break;
            case PageCodec.Snappy:
                target.Advance(SnappyCompressor.Compress(source, target.Reserve(SnappyCompressor.LargestSize(source.Length))));
                break;
            case PageCodec.Gzip: Gzip(source, target); break;
            default: throw new NotSupportedException($"pages are not written as {codec}");
        }
    }

    /// <summary>Whether that many bytes can come of so few: asked before any memory is taken.</summary>
    public static bool CanYield(PageCodec codec, int compressed, int uncompressed) => codec switch
    {
        PageCodec.Uncompressed => compressed == uncompressed,
        PageCodec.Snappy => uncompressed <= (long)SnappyDecompressor.BestRatio * compressed,
        _ => uncompressed <= (long)BestDeflateRatio * compressed,
    };

    /// <summary>Fills <paramref name="target"/>, exactly.</summary>
    /// <exception cref="InvalidDataException">The bytes are not of this codec, or of another length.</exception>
    public static void Decompress(PageCodec codec, ReadOnlySpan<byte> source, Span<byte> target)
    {
        switch (codec)
        {
            case PageCodec.Uncompressed when source.Length == target.Length: source.CopyTo(target); break;
            case PageCodec.Uncompressed: throw new InvalidDataException($"{target.Length} bytes, not {source.Length}");
            case PageCodec.Snappy: SnappyDecompressor.Decompress(source, target); break;
            case PageCodec.Gzip: Gunzip(source, target); break;
            default: throw new NotSupportedException($"pages are not read as {codec}");
        }
    }

    private static void Gzip(ReadOnlySpan<byte> source, ByteSink target)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(source);
        target.Write(compressed.GetBuffer().AsSpan(0, (int)compressed.Length));
    }

    private static unsafe void Gunzip(ReadOnlySpan<byte> source, Span<byte> target)
    {
        fixed (byte* start = source)
        {
            using var compressed = new UnmanagedMemoryStream(start, source.Length);
            using var gzip = new GZipStream(compressed, CompressionMode.Decompress);
            int read = gzip.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
            if (read != target.Length || gzip.ReadByte() >= 0) throw new InvalidDataException($"{target.Length} bytes of GZip");
        }
    }
}
