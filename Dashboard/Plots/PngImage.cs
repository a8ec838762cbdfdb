using System.Buffers.Binary;
using System.IO.Compression;
using Sweeps.Grains.Datasets;

namespace Sweeps.Dashboard.Plots;

/// <summary>
/// Writes a picture as PNG (W3C, Portable Network Graphics, third edition): a byte a pixel, which is a place in a palette. A row like the
/// one above it costs next to nothing.
/// </summary>
internal static class PngImage
{
    /// <summary>Colours that a palette has room for.</summary>
    public const int MostColours = 256;

    // How a row is written (PNG, section 9): as it is, or as what differs from the row above.
    private const byte AsItIs = 0;
    private const byte FromAbove = 2;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <param name="width">Pixels of a row.</param>
    /// <param name="rows">For each row from above, which of <paramref name="lines"/> it shows.</param>
    /// <param name="lines">The different rows: a place in <paramref name="palette"/> for each pixel.</param>
    /// <param name="palette">From 1 to <see cref="MostColours"/> colours; null is clear.</param>
    public static byte[] Encode(int width, ReadOnlySpan<int> rows, IReadOnlyList<byte[]> lines, IReadOnlyList<Rgb?> palette)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Length, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(palette.Count, MostColours);
        using MemoryStream png = new();
        png.Write(Signature);

        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], rows.Length);
        (header[8], header[9]) = (8, 3); // bits a pixel; a palette
        Chunk(png, "IHDR"u8, header);
        Chunk(png, "PLTE"u8, [.. palette.SelectMany(entry => entry is { } colour ? (byte[])[colour.R, colour.G, colour.B] : [0, 0, 0])]);
        Chunk(png, "tRNS"u8, [.. palette.Select(entry => entry is null ? (byte)0 : (byte)255)]);
        Chunk(png, "IDAT"u8, Compressed(width, rows, lines));
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static ReadOnlySpan<byte> Compressed(int width, ReadOnlySpan<int> rows, IReadOnlyList<byte[]> lines)
    {
        using MemoryStream data = new();
        using (ZLibStream zlib = new(data, CompressionLevel.Fastest, leaveOpen: true))
        {
            byte[] row = new byte[1 + width];
            int above = -1;
            foreach (int number in rows)
            {
                if (number == above)
                {
                    row.AsSpan().Clear();
                    row[0] = FromAbove;
                }
                else
                {
                    row[0] = AsItIs;
                    lines[number].CopyTo(row.AsSpan(1));
                }
                zlib.Write(row);
                above = number;
            }
        }
        return data.GetBuffer().AsSpan(0, (int)data.Length);
    }

    private static void Chunk(MemoryStream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Continue(Crc32.Of(type), data));
        png.Write(number);
    }
}
