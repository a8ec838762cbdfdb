using Spectre.Console;
using Sweeps.Client.Shell;

namespace Sweeps.Client.Display;

/// <summary>A table for people: drawn to the width of the terminal, or as wide as it needs where there is none.</summary>
internal static class TextTable
{
    // Wider than any table of ours: a file or a pipe has no edge to wrap at.
    private const int NoEdge = 4096;

    public static IAnsiConsole ConsoleFor(TextWriter writer, bool isTerminal, int width)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new PlainOutput(writer, isTerminal, isTerminal ? width : NoEdge),
            Ansi = isTerminal ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Yes : InteractionSupport.No,
        });
        console.Profile.Capabilities.Unicode = true;
        return console;
    }

    /// <param name="terminal">Where to: standard output.</param>
    /// <param name="headers">One per column.</param>
    /// <param name="rows">One text per column each; read as it is drawn.</param>
    /// <param name="rightAligned">Whether a column holds numbers.</param>
    public static void Write(
        Terminal terminal, IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows, Func<int, bool> rightAligned)
    {
        var table = new Table { Border = TableBorder.Simple };
        for (int i = 0; i < headers.Count; i++)
        {
            var column = new TableColumn(Markup.Escape(headers[i])) { NoWrap = !terminal.OutIsTerminal };
            table.AddColumn(rightAligned(i) ? column.RightAligned() : column);
        }
        foreach (var row in rows) table.AddRow([.. row.Select(text => new Text(text))]);
        ConsoleFor(terminal.Out, terminal.OutIsTerminal, terminal.Width).Write(table);
    }

    /// <summary>On a terminal, only as many columns from the left as fit.</summary>
    /// <returns>The headers of the others.</returns>
    public static IReadOnlyList<string> WriteFitting(
        Terminal terminal, IReadOnlyList<string> headers, IReadOnlyList<IReadOnlyList<string>> rows, Func<int, bool> rightAligned)
    {
        var widths = headers.Select((header, i) => rows.Select(row => row[i].Length).Append(header.Length).Max());
        int count = terminal.OutIsTerminal ? ColumnsThatFit(widths, terminal.Width) : headers.Count;
        Write(terminal, [.. headers.Take(count)], rows.Select(row => (IReadOnlyList<string>)[.. row.Take(count)]), rightAligned);
        return [.. headers.Skip(count)];
    }

    /// <summary>How many columns fit, from the left, one at least; a table that wraps inside its cells cannot be read.</summary>
    public static int ColumnsThatFit(IEnumerable<int> widths, int room)
    {
        const int Border = 2, Padding = 3;
        int used = Border, count = 0;
        foreach (int width in widths)
        {
            used += Padding + width;
            if (used > room && count > 0) break;
            count++;
        }
        return count;
    }

    private sealed class PlainOutput(TextWriter writer, bool isTerminal, int width) : IAnsiConsoleOutput
    {
        public TextWriter Writer { get; } = writer;

        public bool IsTerminal { get; } = isTerminal;

        public int Width { get; } = width;

        public int Height => 25;

        public void SetEncoding(System.Text.Encoding encoding)
        {
            // The writer has its own.
        }
    }
}
