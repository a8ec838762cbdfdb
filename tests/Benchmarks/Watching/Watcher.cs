using System.Net.Http.Headers;

namespace Sweeps.Benchmarks.Watching;

/// <summary>
/// Somebody who looks at a sweep's page: follows its events and, if asked to, fetches the figure as the page's script does, at most every
/// two seconds and with the tag of the one that is there.
/// </summary>
internal sealed class Watcher(HttpClient client, string page, bool fetchesFigure, TimeProvider time)
{
    // As in diagram.js.
    private static readonly TimeSpan ShortestRest = TimeSpan.FromSeconds(2);
    private const double RestPerFetch = 10;

    private readonly TaskCompletionSource heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long events;
    private long bytes;
    private long figures;

    /// <summary>Ends when the first event is there.</summary>
    public Task Heard => heard.Task;

    public WatcherCounts Counts => new(Volatile.Read(ref events), Volatile.Read(ref bytes), Volatile.Read(ref figures));

    public async Task FollowAsync(CancellationToken over)
    {
        var fetching = Task.CompletedTask;
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{page}/events");
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, over).ConfigureAwait(false);
            answer.EnsureSuccessStatusCode();
            using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(over).ConfigureAwait(false));
            string? name = null, shown = null;
            while (await lines.ReadLineAsync(over).ConfigureAwait(false) is { } line)
            {
                Interlocked.Add(ref bytes, line.Length + 1);
                if (line.StartsWith("event:", StringComparison.Ordinal)) name = line[6..].Trim();
                // A remark that nothing is new has no name.
                if (line.Length > 0 || name is null) continue;
                Interlocked.Increment(ref events);
                heard.TrySetResult();
                if (fetchesFigure && name == "figure" && fetching.IsCompleted)
                {
                    await fetching.ConfigureAwait(false);
                    fetching = FetchAsync(shown, tag => shown = tag, over);
                }
                name = null;
            }
            throw new IOException("the stream of events has ended");
        }
        catch (Exception wrong) when (!over.IsCancellationRequested)
        {
            heard.TrySetException(wrong);
            throw;
        }
        catch (Exception) when (over.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task FetchAsync(string? tag, Action<string?> keep, CancellationToken over)
    {
        long begun = time.GetTimestamp();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{page}/figure");
        request.Headers.AcceptEncoding.ParseAdd("gzip, br");
        if (tag is not null) request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        using var answer = await client.SendAsync(request, over).ConfigureAwait(false);
        keep(answer.Headers.ETag?.ToString() ?? tag);
        Interlocked.Add(ref bytes, (await answer.Content.ReadAsByteArrayAsync(over).ConfigureAwait(false)).Length);
        Interlocked.Increment(ref figures);
        var rest = time.GetElapsedTime(begun) * RestPerFetch;
        await Task.Delay(rest > ShortestRest ? rest : ShortestRest, time, over).ConfigureAwait(false);
    }
}

/// <summary>What a watcher has got so far.</summary>
internal readonly record struct WatcherCounts(long Events, long Bytes, long Figures)
{
    public static WatcherCounts operator +(WatcherCounts one, WatcherCounts other) =>
        new(one.Events + other.Events, one.Bytes + other.Bytes, one.Figures + other.Figures);

    public static WatcherCounts operator -(WatcherCounts later, WatcherCounts earlier) =>
        new(later.Events - earlier.Events, later.Bytes - earlier.Bytes, later.Figures - earlier.Figures);
}
