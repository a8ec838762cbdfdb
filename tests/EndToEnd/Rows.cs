using System.Globalization;
using Sweeps.Compute.Experiments;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.EndToEnd;

/// <summary>What a dataset holds, as a test compares it.</summary>
internal static class Rows
{
    /// <summary>Digest of all rows, whatever files they lie in.</summary>
    public static string Digest(string dataset)
    {
        using var reader = DatasetReader.Open(dataset, ExperimentCatalogue.All);
        return DatasetDigest.Of(reader);
    }

    /// <summary>Point indices as stored, duplicates and all, in any order.</summary>
    public static long[] Points(string dataset)
    {
        using var reader = DatasetReader.Open(dataset, ExperimentCatalogue.All);
        return [.. reader.ReadPoints(["point"]).SelectMany(batch => batch.Column<long>("point").Values.ToArray())];
    }

    /// <summary>Rows of some points in order, then their rows of curves, each with the bits of its numbers as text.</summary>
    public static string[] Lines(string dataset, Func<long, bool> isWanted)
    {
        using var reader = DatasetReader.Open(dataset, ExperimentCatalogue.All);
        return [.. reader.ReadPoints().Concat(reader.ReadCurves()).SelectMany(batch => Lines(batch, isWanted))];
    }

    /// <summary>Asserts that points 0 … count−1 are there, each once.</summary>
    public static void AreWhole(string dataset, int count) =>
        Assert.Equal(Enumerable.Range(0, count).Select(i => (long)i), Points(dataset).Order());

    private static IEnumerable<string> Lines(TableBatch batch, Func<long, bool> isWanted)
    {
        var points = batch.Column<long>("point");
        for (int row = 0; row < batch.RowCount; row++)
        {
            int at = row;
            if (isWanted(points[row])) yield return string.Join(' ', batch.Columns.Select(column => Text(column, at)));
        }
    }

    private static string Text(ColumnBuffer column, int row) => column switch
    {
        _ when column.IsNull(row) => "null",
        ColumnBuffer<double> reals => BitConverter.DoubleToInt64Bits(reals[row]).ToString("x16", CultureInfo.InvariantCulture),
        ColumnBuffer<long> integers => integers[row].ToString(CultureInfo.InvariantCulture),
        ColumnBuffer<string> texts => texts[row],
        _ => throw new NotSupportedException($"a dataset has no column of {column.Type}"),
    };
}
