using System.Globalization;

namespace Sweeps.Benchmarks;

/// <summary>A table printed a line at a time, while it is measured.</summary>
internal sealed class PlainTable(TextWriter output, params PlainTable.Column[] columns)
{
    public void Header() => Line([.. columns.Select(column => column.Header)], false);

    /// <summary>A row; a cell that is not a number stays empty.</summary>
    public void Row(params object[] cells) => Line(cells, true);

    private void Line(object[] cells, bool formatted)
    {
        if (cells.Length != columns.Length) throw new ArgumentException($"{cells.Length} cells in {columns.Length} columns", nameof(cells));
        IEnumerable<string> texts = columns.Zip(cells, (column, cell) =>
        {
            string text = cell is double.NaN ? ""
                : formatted && cell is IFormattable value ? value.ToString(column.Format, CultureInfo.InvariantCulture)
                : $"{cell}";
            return column.Width < 0 ? text.PadRight(-column.Width) : text.PadLeft(column.Width);
        });
        output.WriteLine(string.Join("  ", texts).TrimEnd());
    }

    /// <summary>One column.</summary>
    /// <param name="Header">What stands above it.</param>
    /// <param name="Width">Its width; negative for text that begins at the left.</param>
    /// <param name="Format">The format of its numbers.</param>
    internal readonly record struct Column(string Header, int Width, string? Format = null);
}
