using System.Runtime.InteropServices;

namespace Sweeps.Silo.Shell;

/// <summary>The first Ctrl-C or SIGTERM drains the silo; the second ends it at once.</summary>
/// <param name="exit">Ends the process.</param>
internal sealed class DrainSignals(Action<int> exit) : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly List<PosixSignalRegistration> registrations = [];
    private int heard;

    public CancellationToken Token => source.Token;

    /// <summary>Listens from now on.</summary>
    public DrainSignals Listen()
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM])
            registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                Hear();
            }));
        return this;
    }

    /// <summary>A signal has come.</summary>
    public void Hear()
    {
        // Not on the signal's own thread: what waits for the token may take its time.
        if (Interlocked.Increment(ref heard) == 1) _ = source.CancelAsync();
        else exit(ExitCode.Interrupted);
    }

    public void Dispose()
    {
        foreach (var registration in registrations) registration.Dispose();
        source.Dispose();
    }
}
