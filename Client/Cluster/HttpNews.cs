using System.Net;
using System.Net.ServerSentEvents;
using Sweeps.Grains.Hosts;

namespace Sweeps.Client.Cluster;

/// <summary>Hears of a sweep over one stream of server-sent events, which stays open between waits.</summary>
internal sealed class HttpNews(HttpClient client, HttpAddress address, TimeProvider clock) : IDisposable
{
    // The server sends something at least every 15 seconds.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(45);

    private Following? following;

    /// <summary>Returns when there is news, or after <paramref name="longest"/>.</summary>
    /// <exception cref="ServerException">The stream broke, or cannot be had; the next wait begins another.</exception>
    public async Task WaitAsync(string path, TimeSpan longest, CancellationToken cancellation)
    {
        if (following?.Path != path) Dispose();
        following ??= new(path, clock);
        // What is not heard in time is heard by the next wait.
        following.Next ??= NextAsync(following);
        try
        {
            await following.Next.WaitAsync(longest, clock, cancellation).ConfigureAwait(false);
            following.Next = null;
        }
        catch (TimeoutException) when (following.Next is { IsCompleted: false })
        {
            // Nothing happened.
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            Dispose();
            throw fault as ServerException ?? HttpFaults.Of(fault, address) ?? fault;
        }
    }

    public void Dispose()
    {
        following?.Dispose();
        following = null;
    }

    private async Task NextAsync(Following follower)
    {
        follower.Events ??= await OpenAsync(follower).ConfigureAwait(false);
        if (!await follower.Events.MoveNextAsync().ConfigureAwait(false))
            throw new HttpIOException(HttpRequestError.ResponseEnded, "the stream has ended");
    }

    private async Task<IAsyncEnumerator<SseItem<string>>> OpenAsync(Following follower)
    {
        follower.Over.CancelAfter(Silence);
        using var request = new HttpRequestMessage(HttpMethod.Get, follower.Path);
        follower.Answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, follower.Over.Token)
            .ConfigureAwait(false);
        if (follower.Answer.StatusCode is not HttpStatusCode.OK)
            throw HttpFaults.Of(
                follower.Answer.StatusCode,
                await HttpFaults.ProblemAsync(follower.Answer, follower.Over.Token).ConfigureAwait(false), address);
        follower.Over.CancelAfter(Timeout.InfiniteTimeSpan);
        var stream = await follower.Answer.Content.ReadAsStreamAsync(follower.Over.Token).ConfigureAwait(false);
        return SseParser.Create(new LimitedReads(stream, follower.Over, Silence)).EnumerateAsync(follower.Over.Token).GetAsyncEnumerator();
    }

    private sealed class Following(string path, TimeProvider clock) : IDisposable
    {
        public string Path => path;

        public CancellationTokenSource Over { get; } = new(Timeout.InfiniteTimeSpan, clock);

        public HttpResponseMessage? Answer { get; set; }

        public IAsyncEnumerator<SseItem<string>>? Events { get; set; }

        public Task? Next { get; set; }

        public void Dispose()
        {
            Over.Cancel();
            Answer?.Dispose();
            // Whatever it ends in is no longer of interest; that it is looked at keeps it from being reported.
            Next?.ContinueWith(static ended => _ = ended.Exception, TaskScheduler.Default);
        }
    }
}
