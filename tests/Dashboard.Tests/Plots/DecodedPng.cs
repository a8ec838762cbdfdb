using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Sweeps.Dashboard.Plots;

namespace Sweeps.Dashboard.Tests.Plots;

/// <summary>Reads PNGs of eight bits a channel in red, green and blue, as the standard says; refuses what is not sound.</summary>
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
        Assert.Equal(["IHDR", "tRNS", "IDAT", "IEND"], chunks.Keys);

        byte[] header = chunks["IHDR"], clear = chunks["tRNS"];
        Assert.Equal([8, 2, 0, 0, 0], header[8..]);
        int width = BinaryPrimitives.ReadInt32BigEndian(header), height = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4));
        using MemoryStream data = new();
        using (ZLibStream zlib = new(new MemoryStream(chunks["IDAT"]), CompressionMode.Decompress)) zlib.CopyTo(data);
        byte[] bytes = data.ToArray();
        int stride = 1 + 3 * width;
        Assert.Equal(stride * height, bytes.Length);
        for (int row = 0; row < height; row++)
        {
            byte filter = bytes[row * stride];
            Assert.True(filter is 0 || (filter is 2 && row > 0), $"filter {filter} in row {row}");
            for (int i = 1; filter == 2 && i < stride; i++) bytes[row * stride + i] += bytes[(row - 1) * stride + i];
        }
        var nothing = new Rgb(clear[1], clear[3], clear[5]);
        return new(width, height, [.. Enumerable.Range(0, width * height).Select(pixel =>
        {
            int at = pixel / width * stride + 1 + pixel % width * 3;
            var colour = new Rgb(bytes[at], bytes[at + 1], bytes[at + 2]);
            return colour == nothing ? (Rgb?)null : colour;
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
