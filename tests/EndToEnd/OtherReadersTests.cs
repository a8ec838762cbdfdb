using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Sweeps.Compute.Experiments;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.EndToEnd;

/// <summary>A finished dataset, read by DuckDB and hyparquet under Node (<c>tests/Readers/read.mjs</c>), is what our own reader says.</summary>
public sealed class OtherReadersTests
{
    // Nulls in every way: no speciation at separation 0, no closed form with drift, no horizon on cosine.
    private const string Spec =
        """
        name: others
        experiment: gaussian-mixture
        axes: { separation: [0, 0.7, 2], schedule: [ou, cosine], drift: [0, 1] }
        fixed: { dimension: 16, stiffness: 4, samples: 128, steps: 40, training_points: 60 }
        times: [0.5, 1, 2]
        seed: 3
        """;

    [Theory]
    [InlineData("duckdb")]
    [InlineData("hyparquet")]
    public void A_finished_dataset_is_the_same_to_others_value_by_value(string reader)
    {
        using var work = new Workplace();
        SweepsProcess.Run("run", work.Spec("others.yaml", Spec), "--out", work["data"]).Exits(0);
        using var ours = DatasetReader.Open(work["data"], ExperimentCatalogue.All);
        Assert.Equal(12, ours.PointCount);
        Assert.True(ours.CurveRowCount > 0);
        Compare(ours.ReadPoints(), Read(reader, Path.Combine(work["data"], "points", "*.parquet")));
        Compare(ours.ReadCurves(), Read(reader, Path.Combine(work["data"], "curves", "*.parquet")));
    }

    private static void Compare(IEnumerable<TableBatch> ours, JsonElement[] theirs)
    {
        int line = 0;
        foreach (var batch in ours)
            for (int row = 0; row < batch.RowCount; row++, line++)
                for (int column = 0; column < batch.Columns.Length; column++)
                    Assert.True(IsSame(batch.Columns[column], row, theirs[line][column]),
                        $"row {line}, {batch.Schema.Columns[column].Name}: the other reader says {theirs[line][column]}");
        Assert.Equal(line, theirs.Length);
    }

    private static bool IsSame(object column, int row, JsonElement other) => column switch
    {
        ColumnBuffer<long> integers => integers.IsNull(row)
            ? other.ValueKind is JsonValueKind.Null
            : other.ToString() == integers[row].ToString(CultureInfo.InvariantCulture),
        ColumnBuffer<double> reals => reals.IsNull(row)
            ? other.ValueKind is JsonValueKind.Null
            : BitConverter.DoubleToInt64Bits(double.Parse(other.ToString(), CultureInfo.InvariantCulture))
                == BitConverter.DoubleToInt64Bits(reals[row]),
        ColumnBuffer<string> words => words.IsNull(row) ? other.ValueKind is JsonValueKind.Null : other.GetString() == words[row],
        _ => throw new InvalidOperationException($"no comparison for {column.GetType()}"),
    };

    // Rows alone: each file begins with its schema, metadata and statistics, which are objects.
    private static JsonElement[] Read(string reader, string pattern)
    {
        var start = new ProcessStartInfo("node", ["read.mjs", reader, pattern])
        {
            WorkingDirectory = Folder(),
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return
        [
            .. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)
                .Where(line => line.ValueKind is JsonValueKind.Array),
        ];
    }

    private static string Folder()
    {
        string readers = Checkout.Path("tests/Readers");
        Assert.True(Directory.Exists(Path.Combine(readers, "node_modules")), $"no independent Parquet readers: run npm ci in {readers}");
        return readers;
    }
}
