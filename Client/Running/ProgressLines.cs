using Sweeps.Client.Shell;
using Sweeps.Grains.Hosts;

namespace Sweeps.Client.Running;

/// <summary>A line now and then, for logs: the first news at once, then no more often than every ten seconds, and the last.</summary>
internal sealed class ProgressLines(Terminal terminal, ProgressText text) : IProgressDisplay, IProgress<SweepProgress>
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private long? lastSaid;
    private SweepProgress? unsaid;

    /// <inheritdoc/>
    public async Task<T> ShowAsync<T>(Func<IProgress<SweepProgress>, Task<T>> work)
    {
        try
        {
            return await work(this).ConfigureAwait(false);
        }
        finally
        {
            lock (gate)
                if (unsaid is { } progress) terminal.Say(text.Line(progress));
        }
    }

    /// <inheritdoc/>
    public void Report(SweepProgress value)
    {
        lock (gate)
        {
            unsaid = value;
            if (lastSaid is { } before && terminal.Clock.GetElapsedTime(before) < Pause) return;
            terminal.Say(text.Line(value));
            lastSaid = terminal.Clock.GetTimestamp();
            unsaid = null;
        }
    }
}
