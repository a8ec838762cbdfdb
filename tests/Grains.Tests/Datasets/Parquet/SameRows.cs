using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Grains.Tests.Datasets.Parquet;

/// <summary>Compares batches bit by bit: −0 is not +0, and a NaN keeps its payload.</summary>
internal static class SameRows
{
    public static void Check(TableBatch expected, TableBatch actual)
    {
        Assert.Equal(expected.RowCount, actual.RowCount);
        for (int i = 0; i < expected.Columns.Length; i++)
        {
            for (int row = 0; row < expected.RowCount; row++)
            {
                object? wanted = Bits(expected.Columns[i].At(row)), found = Bits(actual.Columns[i].At(row));
                if (Equals(wanted, found)) continue;
                Assert.Fail(
                    $"column {i} '{expected.Schema.Columns[i].Name}', row {row}: {wanted ?? "null"} was written, {found ?? "null"} read");
            }
        }
    }

    private static object? Bits(object? value) => value switch
    {
        double number => BitConverter.DoubleToInt64Bits(number),
        float number => BitConverter.SingleToInt32Bits(number),
        _ => value,
    };
}
