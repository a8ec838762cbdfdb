using Sweeps.Dashboard.Datasets;

namespace Sweeps.Dashboard.Display;

/// <summary>Rows as <see cref="RowFormat.Csv"/>.</summary>
internal sealed class CsvRows(IReadOnlyList<string> columns) : RowFormat
{
    public override void Begin(TextWriter output)
    {
        output.Write(string.Join(',', columns.Select(RowText.Csv)));
        output.Write('\n');
    }

    public override void Write(RowSlice slice, TextWriter output)
    {
        foreach (int row in slice.Rows.Span)
        {
            for (int i = 0; i < columns.Count; i++)
            {
                if (i > 0) output.Write(',');
                output.Write(RowText.Csv(RowText.Exact(slice.Batch.Columns[i], row)));
            }
            output.Write('\n');
        }
    }

    public override void End(TextWriter output)
    {
        // The last row ended its own line.
    }
}
