namespace Sweeps.Dashboard.Live;

/// <summary>Takes news from one source as long as somebody follows. Whoever is slow misses what was between, never the newest.</summary>
internal sealed class NewsLoop<TNews> : IAsyncDisposable
    where TNews : class
{
    private readonly CancellationTokenSource over = new();
    private readonly Task taking;
    private State state = new(null, NewSignal());

    public NewsLoop(Func<CancellationToken, IAsyncEnumerable<TNews>> source) => taking = Task.Run(() => TakeAsync(source(over.Token)));

    /// <summary>Those who follow; kept by <see cref="SharedNews{TKey, TNews}"/>.</summary>
    public int Followers { get; set; }

    /// <summary>The newest news, if there is any yet, and what ends when there is newer, or fails when the source does.</summary>
    public (TNews? News, Task Newer) Newest => Volatile.Read(ref state) is var now ? (now.News, now.Newer.Task) : default;

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync().ConfigureAwait(false);
        await taking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        over.Dispose();
    }

    private async Task TakeAsync(IAsyncEnumerable<TNews> source)
    {
        try
        {
            await foreach (var news in source.ConfigureAwait(false))
            {
                var before = state;
                Volatile.Write(ref state, new(news, NewSignal()));
                before.Newer.SetResult();
            }
        }
        catch (Exception broken)
        {
            // Whoever follows is told, rather than left to wait for ever.
            state.Newer.TrySetException(broken);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed record State(TNews? News, TaskCompletionSource Newer);
}
