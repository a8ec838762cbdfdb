using System.Globalization;
using System.Text.Json;
using Sweeps.Grains.Datasets.Parquet;
using Sweeps.Grains.Datasets.Parquet.Compression;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Grains.Tests.Datasets.Parquet;

/// <summary>What we write, read by others; what others write, read by us.</summary>
public sealed class OtherReadersTests
{
    private static readonly TableSchema EveryType = new(
    [
        .. Enum.GetValues<ColumnType>().Select(type => new TableColumn($"{type}", type, Nullable: false, "OU time", "always there")),
        .. Enum.GetValues<ColumnType>().Select(type => new TableColumn($"{type}_or_null", type, Nullable: true, "1", "\"at\" times, µ")),
    ]);

    public static TheoryData<string, PageCodec, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, PageCodec, int>();
            foreach (string reader in (string[])["duckdb", "hyparquet"])
                foreach (var codec in (PageCodec[])[PageCodec.Uncompressed, PageCodec.Snappy, PageCodec.Gzip])
                    foreach (int distinct in (int[])[0, 1, 50])
                        cases.Add(reader, codec, distinct);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Others_see_every_value(string reader, PageCodec codec, int distinct)
    {
        using var file = new ScratchFile();
        var recipe = new TableRecipe(EveryType.Columns, [1, 3000, 0, 700], distinct, 30, codec, 21);
        Compare(file, reader, recipe);
    }

    [Theory]
    [InlineData("duckdb")]
    [InlineData("hyparquet")]
    public void Others_see_several_pages(string reader)
    {
        using var file = new ScratchFile();
        TableColumn[] columns =
        [
            new("measured", ColumnType.Double), new("word", ColumnType.Text, true),
            new("rare", ColumnType.Int64, true), new("yes", ColumnType.Bool),
        ];
        foreach (int distinct in (int[])[0, 9])
            Compare(file, reader, new TableRecipe([.. columns], [140_000], distinct, 40, PageCodec.Snappy, 2));
    }

    [Theory]
    [InlineData("duckdb")]
    [InlineData("hyparquet")]
    public void Others_see_columns_without_rows_and_without_values(string reader)
    {
        using var file = new ScratchFile();
        Compare(file, reader, new TableRecipe(EveryType.Columns, [], 0, 0, PageCodec.Snappy, 2));
        Compare(file, reader, new TableRecipe([.. EveryType.Columns.Where(column => column.Nullable)], [5], 0, 100, PageCodec.Snappy, 2));
    }

    [Fact]
    public void DuckDB_sees_schema_metadata_units_and_statistics()
    {
        using var file = new ScratchFile();
        var schema = new TableSchema(
        [
            new("point", ColumnType.Int64, Description: "the grid index"),
            new("t_speciation", ColumnType.Double, true, "OU time", "where ρ(t) = 1"),
            new("schedule", ColumnType.Text),
        ]);
        var batch = new TableBatch(schema);
        batch.Column<long>("point").Append([3, 4, 5]);
        batch.Column<double>("t_speciation").Append([2.5, double.NaN]);
        batch.Column<double>("t_speciation").AppendNull();
        batch.Column<string>("schedule").Append(["ou", "cosine", "ou"]);
        var given = new Dictionary<string, string> { ["spec"] = "sha256:12" };
        File.WriteAllBytes(file.Path, ScratchFile.BytesOf([batch], schema, metadata: given));
        var lines = OtherReaders.Read("duckdb", file.Path);
        Assert.Equal(
            ["point INT64 REQUIRED ", "t_speciation DOUBLE OPTIONAL ", "schedule BYTE_ARRAY REQUIRED UTF8"],
            Entries(lines[0], "schema").Select(column => Joined(column, "name", "type", "repetition_type", "converted_type")));
        var metadata = lines[1].GetProperty("metadata");
        Assert.Equal("sha256:12", metadata.GetProperty("spec").GetString());
        Assert.Equal(
            """[{"name":"point","description":"the grid index"},"""
            + """{"name":"t_speciation","unit":"OU time","description":"where ρ(t) = 1"},{"name":"schedule"}]""",
            metadata.GetProperty("sweeps.columns").GetString());
        var statistics = Entries(lines[2], "statistics").ToArray();
        Assert.Equal(
            ["point 3 0 3 5", "t_speciation 3 1 2.5 2.5", "schedule 3 0 cosine ou"],
            statistics.Select(chunk =>
                Joined(chunk, "path_in_schema", "num_values", "stats_null_count", "stats_min_value", "stats_max_value")));
        Assert.Equal("OU time", statistics[1].GetProperty("notes").GetProperty("unit").GetString());
        Assert.Equal("where ρ(t) = 1", statistics[1].GetProperty("notes").GetProperty("description").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("COMPRESSION gzip")]
    [InlineData("COMPRESSION uncompressed")]
    [InlineData("ROW_GROUP_SIZE 10000")]
    public void What_DuckDB_writes_is_read(string options)
    {
        using var file = new ScratchFile();
        OtherReaders.LetDuckdbWrite(
            """
            SELECT i::INT a, i * 1000000007 b, CASE WHEN i % 7 = 0 THEN NULL ELSE i / 3.0 END::DOUBLE c, 'word ' || (i % 5) d,
                   i % 3 = 0 e, (i % 11)::FLOAT f,
                   CASE WHEN i % 2 = 0 THEN 'é' || i END g, NULL::INT h, 5::BIGINT k
            FROM range(30000) r(i)
            """,
            file.Path,
            options);
        using var reader = new ParquetFormat().Open(file.Path);
        Assert.Equal(30_000, reader.RowCount);
        Assert.Equal(options.StartsWith("ROW", StringComparison.Ordinal) ? 3 : 1, reader.RowGroups.Length);
        Assert.Equal(0, reader.RowGroups[0].Statistics[0].Minimum);
        Assert.Equal(29_999, reader.RowGroups[^1].Statistics[0].Maximum);
        int i = 0;
        for (int group = 0; group < reader.RowGroups.Length; group++)
        {
            var batch = reader.ReadRowGroup(group);
            for (int row = 0; row < batch.RowCount; row++, i++)
            {
                object?[] expected =
                [
                    i, i * 1000000007L, i % 7 == 0 ? null : i / 3.0, $"word {i % 5}", i % 3 == 0, (float)(i % 11),
                    i % 2 == 0 ? $"é{i}" : null, null, 5L,
                ];
                Assert.Equal(expected, batch.Columns.Select(column => column.At(row)));
            }
        }
        Assert.Equal(30_000, i);
    }

    [Theory]
    [InlineData("SELECT i::INT a FROM range(1000) r(i)", "COMPRESSION zstd", "column 'a' is compressed by Zstd")]
    [InlineData("SELECT i::INT a FROM range(10000) r(i)", "PARQUET_VERSION v2", "column 'a' is encoded by DeltaBinaryPacked")]
    [InlineData("SELECT i::UINTEGER a FROM range(10) r(i)", "", "column 'a' has type Int32, converted type 13")]
    [InlineData("SELECT DATE '2026-01-01' a", "", "column 'a' has type Int32, converted type 6")]
    [InlineData("SELECT [1, 2] a", "", "column 'a' is nested or repeated, tables are flat")]
    public void What_is_not_read_is_refused_by_name(string sql, string options, string message)
    {
        using var file = new ScratchFile();
        OtherReaders.LetDuckdbWrite(sql, file.Path, options);
        var refusal = Assert.Throws<UnsupportedFileException>(() =>
        {
            using var reader = new ParquetFormat().Open(file.Path);
            reader.ReadRowGroup(0);
        });
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(file.Path, refusal.Message, StringComparison.Ordinal);
    }

    private static void Compare(ScratchFile file, string reader, TableRecipe recipe)
    {
        var batches = recipe.Batches();
        File.WriteAllBytes(file.Path, ScratchFile.BytesOf(batches, recipe.Schema, recipe.Codec));
        var lines = OtherReaders.Read(reader, file.Path);
        Assert.Equal(
            recipe.Columns.Select(column => column.Name),
            Entries(lines[0], "schema").Select(column => column.GetProperty("name").GetString()));
        var found = lines.AsSpan(3);
        Assert.Equal(recipe.Groups.Sum(), found.Length);
        int line = 0;
        foreach (var batch in batches)
        {
            for (int row = 0; row < batch.RowCount; row++, line++)
            {
                var values = found[line];
                for (int i = 0; i < batch.Columns.Length; i++)
                {
                    object? written = batch.Columns[i].At(row);
                    if (!Same(written, values[i]))
                        Assert.Fail($"{recipe}: row {line} of column {i}: wrote {written ?? "null"}, {reader} read {values[i]}");
                }
            }
        }
    }

    private static JsonElement.ArrayEnumerator Entries(JsonElement line, string name) => line.GetProperty(name).EnumerateArray();

    private static string Joined(JsonElement entry, params string[] names) =>
        string.Join(' ', names.Select(name => entry.GetProperty(name).ToString()));

    private static bool Same(object? written, JsonElement read) => written switch
    {
        null => read.ValueKind == JsonValueKind.Null,
        bool value => read.ValueKind == (value ? JsonValueKind.True : JsonValueKind.False),
        int value => read.ValueKind == JsonValueKind.Number && read.GetInt32() == value,
        long value => read.ValueKind == JsonValueKind.String && read.GetString() == value.ToString(CultureInfo.InvariantCulture),
        float value => SameNumber(value, read),
        double value => SameNumber(value, read),
        string value => read.ValueKind == JsonValueKind.String && read.GetString() == value,
        _ => false,
    };

    /// <summary>The same bits; of NaN only that it is one, as JavaScript has but one.</summary>
    private static bool SameNumber(double written, JsonElement read)
    {
        if (read.ValueKind == JsonValueKind.Number)
            return BitConverter.DoubleToInt64Bits(read.GetDouble()) == BitConverter.DoubleToInt64Bits(written);
        return read.GetString() switch
        {
            "NaN" => double.IsNaN(written),
            "Infinity" => double.IsPositiveInfinity(written),
            "-Infinity" => double.IsNegativeInfinity(written),
            "-0" => written == 0 && double.IsNegative(written),
            _ => false,
        };
    }
}
