using System.Diagnostics;

namespace Sweeps.EndToEnd.Chaos;

/// <summary>
/// A change to this machine (a network, a file system) that a shell makes, and takes back when it is disposed of or when the tests' process
/// is gone, however it went: then the shell's standard input ends.
/// </summary>
internal sealed class MachineChange : IAsyncDisposable
{
    // The texts come as arguments, so that none is inside another's quotes.
    private const string Script =
        """
        set -u
        trap '' INT TERM HUP
        undo=$1
        trap 'eval "$undo" >/dev/null 2>&1' EXIT
        shift
        answer() { if ( set -e; eval "$1" ) >&2 </dev/null; then echo ready; else echo failed; fi; }
        answer "$1"
        while IFS= read -r order; do answer "$order"; done
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process shell;
    private readonly Task<string> complaints;

    private MachineChange(string make, string undo)
    {
        shell = Process.Start(new ProcessStartInfo("sh", ["-c", Script, "machine-change", undo, make])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        complaints = shell.StandardError.ReadToEndAsync();
    }

    /// <param name="make">Shell commands; the first that fails is the failure of all.</param>
    /// <param name="undo">Takes back whatever of it was made; may fail.</param>
    public static async Task<MachineChange> MakeAsync(string make, string undo)
    {
        var change = new MachineChange(make, undo);
        await change.AnswersAsync(make);
        return change;
    }

    /// <summary>Shell commands, in one line.</summary>
    public async Task DoAsync(string order)
    {
        await shell.StandardInput.WriteLineAsync(order);
        await shell.StandardInput.FlushAsync();
        await AnswersAsync(order);
    }

    public async ValueTask DisposeAsync()
    {
        shell.StandardInput.Close();
        await shell.WaitForExitAsync().WaitAsync(Patience);
        shell.Dispose();
    }

    private async Task AnswersAsync(string order)
    {
        if (await shell.StandardOutput.ReadLineAsync().WaitAsync(Patience) is "ready") return;
        shell.StandardInput.Close();
        Assert.Fail($"this machine does not do '{order}': {await complaints.WaitAsync(Patience)}");
    }
}
