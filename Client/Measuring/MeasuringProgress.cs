using System.Globalization;
using Sweeps.Client.Shell;

namespace Sweeps.Client.Measuring;

/// <summary>
/// Says what is measured: on a terminal one line with the share done, which goes when it is over; else a line at the beginning. Drawn
/// between the rounds by whoever measures: a bar with a thread of its own would take time from what is measured.
/// </summary>
internal sealed class MeasuringProgress : IDisposable
{
    private const string ClearLine = "\r\u001b[K";

    private readonly Terminal terminal;
    private readonly string what;

    public MeasuringProgress(Terminal terminal, string what)
    {
        (this.terminal, this.what) = (terminal, what);
        if (terminal.ErrorIsTerminal) Report(0);
        else terminal.Say(what);
    }

    /// <param name="share">Between 0 and 1.</param>
    public void Report(double share)
    {
        if (terminal.ErrorIsTerminal)
            terminal.Error.Write(string.Create(CultureInfo.InvariantCulture, $"{ClearLine}{what}: {100 * share:F0} %"));
    }

    public void Dispose()
    {
        if (terminal.ErrorIsTerminal) terminal.Error.Write(ClearLine);
    }
}
