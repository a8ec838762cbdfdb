using System.Runtime.InteropServices;

namespace Sweeps.Client.Shell;

/// <summary>
/// Turns the first Ctrl-C or SIGTERM into a cancelled token, so that the write in hand is finished; the second one ends the process.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] registrations;

    public Interruption() => registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
    ];

    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        foreach (var registration in registrations) registration.Dispose();
        source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        if (source.IsCancellationRequested) return;
        context.Cancel = true;
        // Not on the signal's own thread: what waits for the token may take its time.
        _ = source.CancelAsync();
    }
}
