using FsCheck;
using FsCheck.Fluent;
using Sweeps.Grains.Datasets.Parquet.Compression;
using Sweeps.Grains.Datasets.Tables;
using Sweeps.Properties;

namespace Sweeps.Grains.Tests.Datasets.Parquet;

public sealed class RoundTripTests
{
    private static readonly Dictionary<string, string> Metadata =
        new() { ["spec"] = "sha256:…", ["z"] = "", ["a\n"] = "multi\nline \"ü\" 🙂" };

    [Fact]
    public void What_is_written_is_read() => Prop.ForAll(TableRecipe.Any, recipe =>
    {
        using var file = new ScratchFile();
        var batches = recipe.Batches();
        using var reader = file.Write(ScratchFile.BytesOf(batches, recipe.Schema, recipe.Codec, Metadata));
        Assert.Equal(recipe.Columns.AsEnumerable(), reader.Schema.Columns);
        Assert.Equal(Metadata, reader.Metadata);
        var written = batches.Where(batch => batch.RowCount > 0).ToArray();
        Assert.Equal(written.Sum(batch => (long)batch.RowCount), reader.RowCount);
        Assert.Equal(written.Select(batch => batch.RowCount), reader.RowGroups.Select(group => group.RowCount));
        for (int i = 0; i < written.Length; i++) SameRows.Check(written[i], reader.ReadRowGroup(i));
    }).Check(Repeatable.Runs.WithMaxTest(300));

    [Theory]
    [InlineData(PageCodec.Uncompressed)]
    [InlineData(PageCodec.Snappy)]
    [InlineData(PageCodec.Gzip)]
    public void Columns_of_several_pages_are_read(PageCodec codec)
    {
        var types = Enum.GetValues<ColumnType>();
        foreach (int distinct in (int[])[0, 40])
        {
            var recipe = new TableRecipe(
                [.. types.SelectMany(type => (TableColumn[])[new($"{type}", type), new($"{type}?", type, Nullable: true)])],
                [150_000], distinct, 30, codec, 5);
            using var file = new ScratchFile();
            var batch = recipe.Batches()[0];
            using var reader = file.Write(ScratchFile.BytesOf([batch], recipe.Schema, codec));
            SameRows.Check(batch, reader.ReadRowGroup(0));
        }
    }

    [Fact]
    public void Some_columns_in_any_order_are_read_alone()
    {
        var recipe = new TableRecipe([new("a", ColumnType.Int32), new("b", ColumnType.Text, true), new("c", ColumnType.Double)],
            [100, 20], 3, 50, PageCodec.Snappy, 1);
        using var file = new ScratchFile();
        var batches = recipe.Batches();
        using var reader = file.Write(ScratchFile.BytesOf(batches, recipe.Schema));
        var some = reader.ReadRowGroup(1, ["c", "b"]);
        Assert.Equal(["c", "b"], some.Schema.Columns.Select(column => column.Name));
        SameRows.Check(new TableBatch(some.Schema, [batches[1].Columns[2], batches[1].Columns[1]]), some);
        Assert.Throws<ArgumentException>(() => reader.ReadRowGroup(0, ["d"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.ReadRowGroup(2));
    }

    [Fact]
    public void The_same_rows_give_the_same_bytes_on_any_number_of_threads()
    {
        var recipe = new TableRecipe(
            [.. Enum.GetValues<ColumnType>().Select(type => new TableColumn($"{type}", type, true))],
            [30_000, 5], 1000, 10, PageCodec.Snappy, 3);
        byte[] once = ScratchFile.BytesOf(recipe.Batches(), recipe.Schema, metadata: Metadata, threads: 1);
        byte[] again = ScratchFile.BytesOf(recipe.Batches(), recipe.Schema, metadata: Metadata.Reverse().ToDictionary(), threads: 4);
        Assert.Equal(once, again);
    }

    [Fact]
    public void A_batch_may_be_cleared_and_filled_again()
    {
        var schema = new TableSchema([new("a", ColumnType.Int32, Nullable: true)]);
        var batch = new TableBatch(schema);
        using var bytes = new MemoryStream();
        using (var writer = new Sweeps.Grains.Datasets.Parquet.ParquetFormat().Create(bytes, schema, new Dictionary<string, string>()))
        {
            for (int group = 0; group < 3; group++)
            {
                batch.Clear();
                batch.Column<int>("a").Append(group);
                batch.Column<int>("a").AppendNull();
                writer.Write(batch);
            }
            writer.Complete();
            Assert.Throws<InvalidOperationException>(() => writer.Write(batch));
        }
        using var file = new ScratchFile();
        using var reader = file.Write(bytes.ToArray());
        Assert.Equal([0, 1, 2], Enumerable.Range(0, 3).Select(i => reader.ReadRowGroup(i).Column<int>("a")[0]));
    }

    [Fact]
    public void Text_that_is_not_well_formed_is_refused_and_the_file_can_go_on()
    {
        var schema = new TableSchema([new("word", ColumnType.Text)]);
        using var bytes = new MemoryStream();
        using var writer = new Sweeps.Grains.Datasets.Parquet.ParquetFormat().Create(bytes, schema, new Dictionary<string, string>());
        var batch = new TableBatch(schema);
        batch.Column<string>("word").Append("half \uD800");
        var mistake = Assert.Throws<ArgumentException>(() => writer.Write(batch));
        Assert.Equal("column 'word': a text has half of a surrogate pair at character 5", mistake.Message);
        batch.Clear();
        batch.Column<string>("word").Append("whole");
        writer.Write(batch);
        writer.Complete();
        using var file = new ScratchFile();
        using var reader = file.Write(bytes.ToArray());
        Assert.Equal("whole", reader.ReadRowGroup(0).Column<string>("word")[0]);
    }

    [Fact]
    public void The_key_of_the_writers_own_is_refused() => Assert.Throws<ArgumentException>(
        () => ScratchFile.BytesOf([], new TableSchema([new("a", ColumnType.Int32)]),
            metadata: new Dictionary<string, string> { ["sweeps.columns"] = "" }));
}
