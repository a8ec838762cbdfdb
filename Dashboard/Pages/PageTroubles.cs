using Microsoft.AspNetCore.Http;
using Sweeps.Dashboard.Hosting;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Hosts;

namespace Sweeps.Dashboard.Pages;

/// <summary>Makes a page of what keeps a page from being made; errors of the program itself are for others to log and to answer.</summary>
internal sealed class PageTroubles(SweepSource source) : IEndpointFilter
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
        catch (DatasetException damaged)
        {
            return await PageAsync(http, "The dataset cannot be read", damaged.Message, StatusCodes.Status500InternalServerError, false)
                .ConfigureAwait(false);
        }
    }

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
