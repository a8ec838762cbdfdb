using Sweeps.Client.Shell;

namespace Sweeps.Client.Running;

/// <summary>A line now and then, for logs: the first news at once, then no more often than every ten seconds, and the last.</summary>
internal sealed class ProgressLines(Terminal terminal) : IProgressDisplay, IProgress<ProgressNews>
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private long? lastSaid;
    private ProgressNews? unsaid;

    /// <inheritdoc/>
    public async Task<T> ShowAsync<T>(Func<IProgress<ProgressNews>, Task<T>> work)
    {
        try
        {
            return await work(this).ConfigureAwait(false);
        }
        finally
        {
            lock (gate)
                if (unsaid is { } news) terminal.Say(news.Line);
        }
    }

    /// <inheritdoc/>
    public void Report(ProgressNews value)
    {
        lock (gate)
        {
            unsaid = value;
            if (lastSaid is { } before && terminal.Clock.GetElapsedTime(before) < Pause) return;
            terminal.Say(value.Line);
            lastSaid = terminal.Clock.GetTimestamp();
            unsaid = null;
        }
    }
}
