using Sweeps.Dashboard.Datasets;

namespace Sweeps.Dashboard.Display;

/// <summary>Rows as text for programs, written as they are read.</summary>
internal abstract class RowFormat
{
    /// <summary>Comma-separated (RFC 4180, lines end in a line feed), exact numbers, empty where there is no value.</summary>
    public static RowFormat Csv(IReadOnlyList<string> columns) => new CsvRows(columns);

    /// <summary>A JSON list with an object per row, exact numbers, null where there is no value.</summary>
    public static RowFormat Json(IReadOnlyList<string> columns) => new JsonRows(columns, isList: true);

    /// <summary>A JSON object per line.</summary>
    public static RowFormat JsonLines(IReadOnlyList<string> columns) => new JsonRows(columns, isList: false);

    /// <summary>What stands before the rows.</summary>
    public abstract void Begin(TextWriter output);

    /// <summary>Rows, in order; the batch has the columns of the format first.</summary>
    public abstract void Write(RowSlice slice, TextWriter output);

    /// <summary>What stands after the rows.</summary>
    public abstract void End(TextWriter output);

    /// <summary>Writes all rows.</summary>
    public static void WriteAll(IRowSelection rows, IReadOnlyList<string> columns, RowFormat format, TextWriter output)
    {
        format.Begin(output);
        foreach (var slice in rows.Slices(columns)) format.Write(slice, output);
        format.End(output);
    }
}
