using Microsoft.AspNetCore.Http;
using Sweeps.Dashboard.Datasets;
using Sweeps.Dashboard.Hosting;
using Sweeps.Dashboard.Security.Answers;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Hosts;

namespace Sweeps.Dashboard.Pages;

/// <summary>Makes a page of what keeps a page from being made; errors of the program itself are for others to log and to answer.</summary>
internal sealed class PageTroubles(SweepSource source, DashboardOptions options) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        try
        {
            return await next(context).ConfigureAwait(false);
        }
        catch (ServerException gone)
        {
            // Only looking is repeated by itself.
            bool retries = gone.IsTransient && HttpMethods.IsGet(http.Request.Method);
            return await PageAsync(http, "The server is away", $"{gone.Message.TrimEnd('.')}.", StatusCodes.Status503ServiceUnavailable, retries)
                .ConfigureAwait(false);
        }
        catch (Exception unread) when (IsOfDataset(unread, http))
        {
            options.Log(Faults.LineOf(http, unread));
            bool isDamaged = unread is DatasetException;
            int status = isDamaged ? StatusCodes.Status500InternalServerError : StatusCodes.Status503ServiceUnavailable;
            return await PageAsync(http, "The dataset cannot be read", UnreadDataset.Sentence(unread), status, retries: !isDamaged)
                .ConfigureAwait(false);
        }
    }

    // What cannot be read may also be a request: of those who send something, or have left.
    private static bool IsOfDataset(Exception unread, HttpContext http) => unread is DatasetException
        || (UnreadDataset.Is(unread) && HttpMethods.IsGet(http.Request.Method) && !http.RequestAborted.IsCancellationRequested);

    private async Task<IResult> PageAsync(HttpContext http, string heading, string sentence, int status, bool retries)
    {
        if (retries) http.Response.Headers.RetryAfter = "5";
        return PageResults.Component<TroublePage>(
            new
            {
                Frame = await PageFrame.OfAsync(http, source).ConfigureAwait(false),
                Heading = heading,
                Sentence = sentence,
                Retries = retries,
            },
            status);
    }
}
