using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Dashboard.Display;

/// <summary>Single values of a table, as text.</summary>
internal static class RowText
{
    /// <summary>Exact, for programs; empty where there is no value.</summary>
    public static string Exact(ColumnBuffer column, int row) => column.At(row) switch
    {
        null => "",
        double real => Numbers.Exact(real),
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        var other => other.ToString() ?? "",
    };

    /// <summary>Six digits, for people.</summary>
    public static string Short(ColumnBuffer column, int row) =>
        column.At(row) is double real ? Numbers.Significant(real, 6) : Exact(column, row);

    /// <summary>The value of a column of doubles; null where there is none.</summary>
    public static double? Number(ColumnBuffer column, int row) => column.IsNull(row) ? null : column switch
    {
        ColumnBuffer<double> reals => reals[row],
        ColumnBuffer<long> integers => integers[row],
        _ => null,
    };

    /// <summary>A field of a CSV file (RFC 4180).</summary>
    public static string Csv(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
