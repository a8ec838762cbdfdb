using System.Text;

namespace Sweeps.Client.Shell;

/// <summary>The terminal of this process.</summary>
internal static class SystemTerminal
{
    private const int NarrowestWidth = 40;

    public static Terminal Open()
    {
        // Data in large writes: a table of a million rows is not a million system calls. Program flushes at the end.
        var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 1 << 16);
        var error = new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(false)) { AutoFlush = true };
        return new Terminal
        {
            Out = output,
            Error = TextWriter.Synchronized(error),
            OutIsTerminal = !Console.IsOutputRedirected,
            ErrorIsTerminal = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb"),
            Width = Width(),
        };
    }

    private static int Width()
    {
        try
        {
            return Console.WindowWidth >= NarrowestWidth ? Console.WindowWidth : 80;
        }
        catch (IOException)
        {
            return 80;
        }
    }
}
