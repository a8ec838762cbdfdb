using Sweeps.Client.Shell;
using Sweeps.Dashboard.Datasets;
using Sweeps.Dashboard.Display;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Client.Display;

/// <summary>
/// Rows for people. Unless columns are asked for: the point, the axes that vary, and for each quantity the value with its error, and beside
/// it the closed form; columns without any value are left out.
/// </summary>
internal sealed class ShowTable
{
    private const string Theory = "theory";

    private readonly SelectedRows rows;
    private readonly List<string> read = [];
    private readonly List<Heading> headings = [];
    private readonly bool areAsked;

    public ShowTable(SelectedRows rows, IReadOnlyList<string>? columns)
    {
        (this.rows, areAsked) = (rows, columns is not null);
        if (columns is not null)
            foreach (string name in columns) Add(name, IsNumber(name), [name], RowText.Short);
        else AddUsual();
    }

    /// <summary>Whether there were more rows than were shown.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Quantities for which the terminal is too narrow.</summary>
    public IReadOnlyList<string> LeftOut { get; private set; } = [];

    /// <summary>Writes at most <paramref name="limit"/> rows.</summary>
    /// <returns>How many.</returns>
    public long Write(Terminal terminal, long limit)
    {
        List<string[]> texts = [];
        rows.Visit(read, (batch, row, _) =>
        {
            if (texts.Count >= limit) HasMore = true;
            else texts.Add([.. headings.Select(heading => heading.Text(batch, row))]);
        });
        if (texts.Count == 0) return 0;
        int[] kept = [.. Enumerable.Range(0, headings.Count)
            .Where(i => headings[i].IsAlwaysShown || texts.Exists(row => row[i].Length > 0))];
        if (terminal.OutIsTerminal && !areAsked) kept = Fitting(kept, texts, terminal.Width);
        TextTable.Write(terminal, [.. kept.Select(i => headings[i].Name)],
            texts.Select(row => (IReadOnlyList<string>)[.. kept.Select(i => row[i])]), column => headings[kept[column]].IsNumber);
        return texts.Count;
    }

    private int[] Fitting(int[] columns, List<string[]> texts, int room)
    {
        int count = TextTable.ColumnsThatFit(
            columns.Select(column => Math.Max(headings[column].Name.Length, texts.Max(row => row[column].Length))), room);
        LeftOut = [.. columns[count..].Select(column => headings[column].Name).Where(name => name != Theory)];
        return columns[..count];
    }

    private void AddUsual()
    {
        var spec = rows.Sweep.Spec;
        Add("point", true, ["point"], RowText.Exact);
        foreach (var axis in spec.Axes.Where(axis => axis.Values.Length > 1))
            Add(axis.Name, IsNumber(axis.Name), [axis.Name], RowText.Short);
        foreach (var quantity in spec.Experiment.Quantities(spec.Measures))
        {
            string name = quantity.Name;
            if (quantity.TheoryOnly)
            {
                Add(name, true, [name], (value, row) => RowText.Number(value, row) is { } number ? Numbers.Significant(number) : "", false);
                continue;
            }
            Add(name, true, [name, $"{name}_se"], (value, error, row) =>
                RowText.Number(value, row) is { } number ? Numbers.WithError(number, RowText.Number(error, row)) : "");
            Add(Theory, true, [$"{name}_theory"],
                (value, row) => RowText.Number(value, row) is { } number ? Numbers.Significant(number) : "", false);
        }
    }

    private bool IsNumber(string column) =>
        rows.Sweep.PointColumns.Columns[rows.Sweep.PointColumns.RequiredIndexOf(column)].Type is not ColumnType.Text;

    private void Add(string name, bool isNumber, string[] columns, Func<ColumnBuffer, int, string> text, bool isAlwaysShown = true)
    {
        int at = Place(columns[0]);
        headings.Add(new Heading(name, isNumber, isAlwaysShown, (batch, row) => text(batch.Columns[at], row)));
    }

    private void Add(string name, bool isNumber, string[] columns, Func<ColumnBuffer, ColumnBuffer, int, string> text)
    {
        int first = Place(columns[0]), second = Place(columns[1]);
        headings.Add(new Heading(name, isNumber, true, (batch, row) => text(batch.Columns[first], batch.Columns[second], row)));
    }

    private int Place(string column)
    {
        int at = read.IndexOf(column);
        if (at >= 0) return at;
        read.Add(column);
        return read.Count - 1;
    }

    private sealed record Heading(string Name, bool IsNumber, bool IsAlwaysShown, Func<TableBatch, int, string> Text);
}
