using Sweeps.Client.Shell;

namespace Sweeps.Client.Running;

/// <summary>A line now and then, for logs: the first news at once, then no more often than every ten seconds, and the last.</summary>
internal sealed class ProgressLines(Terminal terminal) : IProgressDisplay
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private long? lastSaid;
    private RunProgress? unsaid;

    /// <inheritdoc/>
    public async Task<T> ShowAsync<T>(Func<Action<RunProgress>, Task<T>> work)
    {
        try
        {
            return await work(Report).ConfigureAwait(false);
        }
        finally
        {
            lock (gate)
                if (unsaid is { } progress) terminal.Say(ProgressText.Line(progress));
        }
    }

    private void Report(RunProgress progress)
    {
        lock (gate)
        {
            unsaid = progress;
            if (lastSaid is { } before && terminal.Clock.GetElapsedTime(before) < Pause) return;
            terminal.Say(ProgressText.Line(progress));
            lastSaid = terminal.Clock.GetTimestamp();
            unsaid = null;
        }
    }
}
