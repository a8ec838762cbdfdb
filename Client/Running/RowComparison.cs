using Sweeps.Dashboard.Display;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Client.Running;

/// <summary>Compares rows bit for bit.</summary>
internal static class RowComparison
{
    /// <summary>A sentence per column that differs between two rows of tables with the same columns.</summary>
    public static IEnumerable<string> Differences(string where, TableBatch stored, int storedRow, TableBatch computed, int computedRow)
    {
        for (int i = 0; i < stored.Columns.Length; i++)
        {
            object? before = stored.Columns[i].At(storedRow), now = computed.Columns[i].At(computedRow);
            if (!AreSame(before, now))
                yield return $"{where}: {stored.Schema.Columns[i].Name} is stored as {Shown(before)}, and computed as {Shown(now)}";
        }
    }

    private static bool AreSame(object? a, object? b) => (a, b) switch
    {
        (double x, double y) => BitConverter.DoubleToInt64Bits(x) == BitConverter.DoubleToInt64Bits(y),
        _ => Equals(a, b),
    };

    private static string Shown(object? value) => value switch
    {
        null => "nothing",
        double real => Numbers.Exact(real),
        IFormattable other => other.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
