using System.Buffers.Binary;
using System.IO.Compression;
using Sweeps.Grains.Datasets.Parquet;

namespace Sweeps.Dashboard.Plots;

/// <summary>
/// Writes a picture as PNG (W3C, Portable Network Graphics, third edition): three bytes a pixel, one colour of which stands for nothing.
/// A row like the one above it costs next to nothing.
/// </summary>
internal static class PngImage
{
    private const int BytesPerPixel = 3;

    // How a row is written (PNG, section 9): as it is, or as what differs from the row above.
    private const byte AsItIs = 0;
    private const byte FromAbove = 2;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <param name="width">Pixels of a row.</param>
    /// <param name="rows">For each row from above, which of <paramref name="lines"/> it shows.</param>
    /// <param name="lines">The different rows: one entry a pixel, a number in <paramref name="colours"/>, or -1 for nothing.</param>
    /// <param name="colours">What they mean.</param>
    public static byte[] Encode(int width, ReadOnlySpan<int> rows, IReadOnlyList<short[]> lines, IReadOnlyList<Rgb> colours)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Length, 1);
        Rgb nothing = NoneOf(colours);
        using MemoryStream png = new();
        png.Write(Signature);

        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], rows.Length);
        (header[8], header[9]) = (8, 2); // bits a channel; red, green and blue
        Chunk(png, "IHDR"u8, header);
        Chunk(png, "tRNS"u8, [0, nothing.R, 0, nothing.G, 0, nothing.B]);
        Chunk(png, "IDAT"u8, Compressed(width, rows, lines, colours, nothing));
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static ReadOnlySpan<byte> Compressed(int width, ReadOnlySpan<int> rows, IReadOnlyList<short[]> lines,
        IReadOnlyList<Rgb> colours, Rgb nothing)
    {
        using MemoryStream data = new();
        using (ZLibStream zlib = new(data, CompressionLevel.Fastest, leaveOpen: true))
        {
            byte[] row = new byte[1 + BytesPerPixel * width];
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
                    Paint(row.AsSpan(1), lines[number], colours, nothing);
                }
                zlib.Write(row);
                above = number;
            }
        }
        return data.GetBuffer().AsSpan(0, (int)data.Length);
    }

    private static void Paint(Span<byte> pixels, short[] line, IReadOnlyList<Rgb> colours, Rgb nothing)
    {
        for (int i = 0; i < line.Length; i++)
        {
            Rgb colour = line[i] < 0 ? nothing : colours[line[i]];
            (pixels[BytesPerPixel * i], pixels[BytesPerPixel * i + 1], pixels[BytesPerPixel * i + 2]) = (colour.R, colour.G, colour.B);
        }
    }

    // One more colour than there are: one of them is free.
    private static Rgb NoneOf(IReadOnlyList<Rgb> colours) => Enumerable.Range(0, colours.Count + 1)
        .Select(number => new Rgb((byte)number, (byte)(number >> 8), (byte)(number >> 16)))
        .First(colour => !colours.Contains(colour));

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
