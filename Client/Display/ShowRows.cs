using System.Globalization;
using System.Text.Json;
using Sweeps.Dashboard.Datasets;
using Sweeps.Dashboard.Display;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Client.Display;

/// <summary>Rows for programs, written as they are read.</summary>
internal static class ShowRows
{
    public static void AsCsv(SelectedRows rows, IReadOnlyList<string> columns, TextWriter output)
    {
        output.Write(string.Join(',', columns.Select(RowText.Csv)));
        output.Write('\n');
        rows.Visit(columns, (batch, row, _) =>
        {
            for (int i = 0; i < columns.Count; i++)
            {
                if (i > 0) output.Write(',');
                output.Write(RowText.Csv(RowText.Exact(batch.Columns[i], row)));
            }
            output.Write('\n');
        });
    }

    public static void AsJson(SelectedRows rows, IReadOnlyList<string> columns, TextWriter output)
    {
        string separator = "";
        output.Write('[');
        rows.Visit(columns, (batch, row, _) =>
        {
            output.Write(separator);
            output.Write("\n{");
            for (int i = 0; i < columns.Count; i++)
            {
                if (i > 0) output.Write(',');
                output.Write($"\"{JsonEncodedText.Encode(columns[i])}\":");
                output.Write(Json(batch.Columns[i], row));
            }
            output.Write('}');
            separator = ",";
        });
        output.Write("\n]\n");
    }

    private static string Json(ColumnBuffer column, int row) => column.At(row) switch
    {
        null => "null",
        string text => $"\"{JsonEncodedText.Encode(text)}\"",
        bool truth => truth ? "true" : "false",
        // The shortest text that reads back; infinities never reach a dataset.
        double real => Numbers.Exact(real),
        var other => ((IFormattable)other).ToString(null, CultureInfo.InvariantCulture),
    };
}
