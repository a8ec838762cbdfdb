using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Sweeps.Dashboard.Datasets;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Dashboard.Display;

/// <summary>Rows as <see cref="RowFormat.Json"/> or <see cref="RowFormat.JsonLines"/>.</summary>
internal sealed class JsonRows(IReadOnlyList<string> columns, bool isList) : RowFormat
{
    private readonly ImmutableArray<string> names = [.. columns.Select(name => $"\"{JsonEncodedText.Encode(name)}\":")];
    private bool isFirst = true;

    public override void Begin(TextWriter output)
    {
        if (isList) output.Write('[');
    }

    public override void Write(RowSlice slice, TextWriter output)
    {
        foreach (int row in slice.Rows.Span)
        {
            if (isList) output.Write(isFirst ? "\n" : ",\n");
            isFirst = false;
            output.Write('{');
            for (int i = 0; i < names.Length; i++)
            {
                if (i > 0) output.Write(',');
                output.Write(names[i]);
                output.Write(Json(slice.Batch.Columns[i], row));
            }
            output.Write(isList ? "}" : "}\n");
        }
    }

    public override void End(TextWriter output)
    {
        if (isList) output.Write("\n]\n");
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
