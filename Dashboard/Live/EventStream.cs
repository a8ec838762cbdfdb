using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Sweeps.Dashboard.Live;

/// <summary>Sends news of a page to one follower, as server-sent events, until either side has enough.</summary>
internal sealed class EventStream(IAsyncEnumerable<PageNews> source) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        ServerSentEvents.Begin(response);
        var stopping = httpContext.RequestServices.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? default;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
        try
        {
            await response.Body.FlushAsync(over.Token).ConfigureAwait(false);
            long? heard = null;
            await foreach (var news in source.WithCancellation(over.Token).ConfigureAwait(false))
            {
                await ServerSentEvents.SendAsync(response, heard == news.Number - 1 ? news.Changed : news.All, over.Token)
                    .ConfigureAwait(false);
                heard = news.Number;
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException && over.IsCancellationRequested)
        {
            // The reader has left, or the server ends: either way the stream has its end.
        }
    }
}
