using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Sweeps.Dashboard.Api.Requests;
using Sweeps.Dashboard.Hosting;
using Sweeps.Dashboard.Live;

namespace Sweeps.Dashboard.Api;

/// <summary>
/// <c>GET /sweeps/{id}/events</c>: where the sweep stands, told anew whenever something has happened, as server-sent events; until it is
/// gone, or one of both sides ends it.
/// </summary>
internal sealed class SweepEvents(SweepFeeds feeds, string id, TimeProvider clock, CancellationTokenSource over) : IResult
{
    /// <summary>Longest silence, so that whoever stands between does not take the connection for dead.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    public static async Task<IResult> GetAsync(
        HttpContext context, SweepSource source, SweepFeeds feeds, IHostApplicationLifetime lifetime, CancellationToken cancellation)
    {
        if (context.HasWrongQuery() is { } wrong) return wrong;
        var (sweep, unknown) = await SweepAnswer.FindAsync(source, context.SweepId(), cancellation).ConfigureAwait(false);
        if (sweep is null) return unknown!;
        var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lifetime.ApplicationStopping);
        context.Response.RegisterForDispose(over);
        return new SweepEvents(feeds, sweep.Id, source.Clock, over);
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        ServerSentEvents.Begin(response);
        try
        {
            await SendAsync(response, EventText.Retry).ConfigureAwait(false);
            await using var news = feeds.FollowAsync(id, over.Token).GetAsyncEnumerator(over.Token);
            while (await NextAsync(news, response).ConfigureAwait(false))
            {
                await SendAsync(response, EventText.Of(news.Current)).ConfigureAwait(false);
                if (news.Current is { Sweep: null, Trouble: null }) return;
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException && over.IsCancellationRequested)
        {
            // The reader has left, or the server ends: either way the stream has its end.
        }
    }

    private async Task<bool> NextAsync(IAsyncEnumerator<SweepNews> news, HttpResponse response)
    {
        var next = news.MoveNextAsync().AsTask();
        try
        {
            while (true)
                try
                {
                    return await next.WaitAsync(Silence, clock, CancellationToken.None).ConfigureAwait(false);
                }
                catch (TimeoutException) when (!next.IsCompleted)
                {
                    await SendAsync(response, EventText.Heartbeat).ConfigureAwait(false);
                }
        }
        finally
        {
            // News that are still waited for cannot be given back.
            if (!next.IsCompleted) await over.CancelAsync().ConfigureAwait(false);
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Task SendAsync(HttpResponse response, ReadOnlyMemory<byte> text) => ServerSentEvents.SendAsync(response, text, over.Token);
}
