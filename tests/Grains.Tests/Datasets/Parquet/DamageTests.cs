using System.Collections.Immutable;
using Sweeps.Grains.Datasets.Parquet;
using Sweeps.Grains.Datasets.Parquet.Compression;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Grains.Tests.Datasets.Parquet;

public sealed class DamageTests
{
    private static readonly TableRecipe Recipe = new(
        [.. Enum.GetValues<ColumnType>().Select(type => new TableColumn($"{type}", type, true, "1", "a description"))],
        [12, 3], 5, 20, PageCodec.Snappy, 11);

    private static readonly int[] SomeMasks = [0x01, 0x07, 0x5B, 0x80, 0xFF];

    /// <summary>For the last bytes, the seal, on which all else rests.</summary>
    private static readonly int[] EveryMask = [.. Enumerable.Range(1, 255)];

    [Theory]
    [InlineData(PageCodec.Uncompressed)]
    [InlineData(PageCodec.Snappy)]
    [InlineData(PageCodec.Gzip)]
    public void A_file_with_any_one_byte_changed_is_refused_with_name_and_offset(PageCodec codec)
    {
        using var file = new ScratchFile();
        byte[] bytes = ScratchFile.BytesOf(Recipe.Batches(), Recipe.Schema, codec, new Dictionary<string, string> { ["spec"] = "abc" });
        File.WriteAllBytes(file.Path, bytes);
        ReadAll(file.Path);
        using var stream = new FileStream(file.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        for (int place = 0; place < bytes.Length; place++)
        {
            foreach (int mask in place < bytes.Length - 40 ? SomeMasks : EveryMask)
            {
                Put(stream, place, (byte)(bytes[place] ^ mask));
                var refusal = Refusal(file.Path);
                Assert.True(refusal is not null, $"byte {place} with {mask:x2} flipped was not noticed");
                Assert.Equal(file.Path, refusal.FileName);
                Assert.InRange(refusal.Offset, 0, bytes.Length);
                Assert.Contains(file.Path, refusal.Message, StringComparison.Ordinal);
            }
            Put(stream, place, bytes[place]);
        }
        ReadAll(file.Path);
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        using var file = new ScratchFile();
        byte[] bytes = ScratchFile.BytesOf(Recipe.Batches(), Recipe.Schema);
        for (int length = 0; length < bytes.Length; length++)
        {
            File.WriteAllBytes(file.Path, bytes[..length]);
            Assert.IsType<DamagedFileException>(Refusal(file.Path));
        }
    }

    [Fact]
    public void A_file_that_was_not_completed_is_refused()
    {
        using var file = new ScratchFile();
        using (var stream = File.Create(file.Path))
        using (var writer = new ParquetFormat().Create(stream, Recipe.Schema, new Dictionary<string, string>()))
            writer.Write(Recipe.Batches()[0]);
        Assert.Contains("was the file written to its end?", Refusal(file.Path)!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_page_is_refused_with_file_name_and_offset()
    {
        using var file = new ScratchFile();
        var schema = new TableSchema([new("a", ColumnType.Int32)]);
        var batch = new TableBatch(schema);
        for (int i = 0; i < 100; i++) batch.Column<int>("a").Append(i * 12345);
        byte[] bytes = ScratchFile.BytesOf([batch], schema, PageCodec.Uncompressed);
        bytes[100] ^= 1;
        File.WriteAllBytes(file.Path, bytes);
        var refusal = Assert.IsType<DamagedFileException>(Refusal(file.Path));
        Assert.Equal(4, refusal.Offset);
        Assert.StartsWith($"{file.Path} is damaged at byte 4: expected a page with CRC-32 ", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>Without checksums, as others write, damage may go unseen; but it never leads anywhere else than to a refusal.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("COMPRESSION uncompressed")]
    [InlineData("COMPRESSION gzip")]
    public void A_foreign_file_with_any_one_byte_changed_is_read_or_refused(string options)
    {
        using var file = new ScratchFile();
        OtherReaders.LetDuckdbWrite(
            "SELECT i::INT a, i::BIGINT b, CASE WHEN i % 3 = 0 THEN i / 7.0 END::DOUBLE c, 'w' || (i % 4) t, i % 2 = 0 f "
            + "FROM range(40) r(i)",
            file.Path,
            options);
        byte[] bytes = File.ReadAllBytes(file.Path);
        ReadAll(file.Path);
        using var stream = new FileStream(file.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        for (int place = 0; place < bytes.Length; place++)
        {
            foreach (int mask in (int[])[0x01, 0x02, 0x10, 0x7F, 0x80, 0xFF])
            {
                Put(stream, place, (byte)(bytes[place] ^ mask));
                Refusal(file.Path);
            }
            Put(stream, place, bytes[place]);
        }
    }

    [Fact]
    public void Bytes_of_chance_between_the_magic_bytes_are_refused()
    {
        using var file = new ScratchFile();
        var bits = new Mixer(4);
        for (int trial = 0; trial < 2000; trial++)
        {
            byte[] footer = [.. Enumerable.Range(0, bits.Below(60)).Select(_ => (byte)bits.Bits())];
            File.WriteAllBytes(file.Path, [.. "PAR1"u8, .. footer, .. BitConverter.GetBytes(footer.Length), .. "PAR1"u8]);
            Assert.IsAssignableFrom<TableFileException>(Refusal(file.Path));
        }
    }

    private static void Put(FileStream stream, int place, byte value)
    {
        stream.Position = place;
        stream.WriteByte(value);
    }

    private static TableFileException? Refusal(string path)
    {
        try
        {
            ReadAll(path);
            return null;
        }
        catch (TableFileException refusal)
        {
            return refusal;
        }
    }

    private static ImmutableArray<TableBatch> ReadAll(string path)
    {
        using var reader = new ParquetFormat(threads: 1).Open(path);
        return [.. Enumerable.Range(0, reader.RowGroups.Length).Select(i => reader.ReadRowGroup(i))];
    }
}
