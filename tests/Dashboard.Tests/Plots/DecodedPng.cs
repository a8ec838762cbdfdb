using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Sweeps.Dashboard.Plots;

namespace Sweeps.Dashboard.Tests.Plots;

/// <summary>Reads PNGs of eight bits a pixel with a palette, as the standard says; refuses what is not sound.</summary>
internal sealed record DecodedPng(int Width, int Height, Rgb?[] Pixels)
{
    public Rgb? this[int x, int y] => Pixels[y * Width + x];

    public static DecodedPng Of(byte[] file)
    {
        Assert.Equal("\u0089PNG\r\n\u001a\n", Encoding.Latin1.GetString(file, 0, 8));
        Dictionary<string, byte[]> chunks = [];
        for (int at = 8; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            var checkedPart = file.AsSpan(at + 4, 4 + length);
            Assert.Equal(BitByBit(checkedPart), BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length)));
            chunks.Add(Encoding.ASCII.GetString(checkedPart[..4]), checkedPart[4..].ToArray());
            at += 12 + length;
        }
        Assert.Equal(["IHDR", "PLTE", "tRNS", "IDAT", "IEND"], chunks.Keys);

        byte[] header = chunks["IHDR"], colours = chunks["PLTE"], opacity = chunks["tRNS"];
        Assert.Equal([8, 3, 0, 0, 0], header[8..]);
        Assert.Equal(colours.Length, 3 * opacity.Length);
        Assert.All(opacity, value => Assert.True(value is 0 or 255));
        int width = BinaryPrimitives.ReadInt32BigEndian(header), height = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4));
        using MemoryStream data = new();
        using (ZLibStream zlib = new(new MemoryStream(chunks["IDAT"]), CompressionMode.Decompress)) zlib.CopyTo(data);
        byte[] bytes = data.ToArray();
        int stride = 1 + width;
        Assert.Equal(stride * height, bytes.Length);
        for (int row = 0; row < height; row++)
        {
            byte filter = bytes[row * stride];
            Assert.True(filter is 0 || (filter is 2 && row > 0), $"filter {filter} in row {row}");
            for (int i = 1; filter == 2 && i < stride; i++) bytes[row * stride + i] += bytes[(row - 1) * stride + i];
        }
        return new(width, height, [.. Enumerable.Range(0, width * height).Select(pixel =>
        {
            int entry = bytes[pixel / width * stride + 1 + pixel % width];
            return opacity[entry] == 0 ? (Rgb?)null : new Rgb(colours[3 * entry], colours[3 * entry + 1], colours[3 * entry + 2]);
        })]);
    }

    private static uint BitByBit(ReadOnlySpan<byte> bytes)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte one in bytes)
        {
            crc ^= one;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }
        return ~crc;
    }
}
