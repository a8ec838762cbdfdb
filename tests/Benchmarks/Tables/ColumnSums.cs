using System.Globalization;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Benchmarks.Tables;

/// <summary>
/// Exact check sums of a table, whatever the order: the row count, then per column the sum of whole numbers, of doubles as multiples of
/// 2⁻²⁰ rounded down, of words by their length and first byte. peers/parquet.mjs makes the same.
/// </summary>
internal static class ColumnSums
{
    private const double Scale = 1 << 20;

    public static string[] Of(IReadOnlyCollection<TableBatch> batches)
    {
        int columns = batches.First().Columns.Length;
        var sums = new Int128[1 + columns];
        foreach (TableBatch batch in batches)
        {
            sums[0] += batch.RowCount;
            for (int i = 0; i < columns; i++) sums[1 + i] += Sum(batch.Columns[i]);
        }
        return [.. sums.Select(sum => sum.ToString(CultureInfo.InvariantCulture))];
    }

    private static Int128 Sum(ColumnBuffer column)
    {
        Int128 sum = 0;
        switch (column)
        {
            case ColumnBuffer<long> numbers:
                foreach (long x in numbers.Values) sum += x;
                break;
            case ColumnBuffer<double> numbers:
                // The slot of a row without a value is 0.
                foreach (double x in numbers.Values) sum += (long)Math.Floor(x * Scale);
                break;
            case ColumnBuffer<string> words:
                foreach (string word in words.Values) sum += 1000 * word.Length + word[0];
                break;
            default:
                throw new NotSupportedException($"no check sum for a column of {column.Type}");
        }
        return sum;
    }
}
