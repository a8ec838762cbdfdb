using Sweeps.Grains.Hosts;

namespace Sweeps.Dashboard.Live;

/// <summary>
/// Asks for one sweep as long as somebody follows it. However many follow, the server is asked once; whoever is slow misses what was
/// between, never the newest.
/// </summary>
internal sealed class SweepFeed : IAsyncDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    // However much happens to a sweep: nobody reads faster, and the server has other things to do.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource over = new();
    private readonly ISweepServer server;
    private readonly string id;
    private readonly TimeProvider clock;
    private readonly Task asking;
    private State state = new(null, NewSignal());

    /// <param name="server">Whom to ask.</param>
    /// <param name="id">The sweep, as the server calls it.</param>
    /// <param name="clock">Of pauses.</param>
    public SweepFeed(ISweepServer server, string id, TimeProvider clock)
    {
        (this.server, this.id, this.clock) = (server, id, clock);
        asking = Task.Run(AskAsync);
    }

    /// <summary>Those who follow; kept by <see cref="SweepFeeds"/>.</summary>
    public int Followers { get; set; }

    /// <summary>The newest news, if there is any yet, and what ends when there is newer.</summary>
    public (SweepNews? News, Task Newer) Newest => Volatile.Read(ref state) is var now ? (now.News, now.Newer.Task) : default;

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync().ConfigureAwait(false);
        await asking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        over.Dispose();
    }

    private async Task AskAsync()
    {
        while (!over.IsCancellationRequested)
        {
            long asked = clock.GetTimestamp();
            try
            {
                var sweep = await server.FindAsync(id, over.Token).ConfigureAwait(false);
                Tell(new(sweep, null));
                await server.WaitForChangeAsync(id, LongestWait, over.Token).ConfigureAwait(false);
            }
            catch (ServerException gone)
            {
                Tell(new(state.News?.Sweep, gone.Message));
                await Task.Delay(LongestWait, clock, over.Token).ConfigureAwait(false);
            }
            var left = ShortestPause - clock.GetElapsedTime(asked);
            if (left > TimeSpan.Zero) await Task.Delay(left, clock, over.Token).ConfigureAwait(false);
        }
    }

    private void Tell(SweepNews news)
    {
        var before = state;
        Volatile.Write(ref state, new(news, NewSignal()));
        before.Newer.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed record State(SweepNews? News, TaskCompletionSource Newer);
}
