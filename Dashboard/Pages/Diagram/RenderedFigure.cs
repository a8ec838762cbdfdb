using System.IO.Compression;

namespace Sweeps.Dashboard.Pages.Diagram;

/// <summary>A figure as it is sent, the same bytes to all who look at it.</summary>
/// <param name="Bytes">HTML for a page, or an SVG file.</param>
/// <param name="Zipped">The same, compressed by GZip; null where it is small anyway.</param>
/// <param name="Tag">Names these bytes, for browsers that have them already.</param>
internal sealed record RenderedFigure(ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte>? Zipped, string Tag)
{
    /// <summary>Larger ones are no part of a page, which would wait for them.</summary>
    public const int MostBytesWithinPage = 1 << 18;

    // What travels in few packets needs no work.
    private const int FewestBytesToZip = 1 << 15;

    public static RenderedFigure Of(byte[] bytes, string tag) => new(bytes, bytes.Length < FewestBytesToZip ? null : Zip(bytes), tag);

    // As memory: of no array would become memory of nothing, which is not the same as none.
    private static ReadOnlyMemory<byte>? Zip(byte[] bytes)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Fastest)) zip.Write(bytes);
        return zipped.ToArray();
    }
}
