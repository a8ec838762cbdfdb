using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sweeps.Dashboard.Hosting;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Hosts;

namespace Sweeps.Dashboard.Pages;

/// <summary>Makes a page of what keeps a page from being made. Causes within the program are for its log, not for readers.</summary>
internal sealed partial class PageTroubles(SweepSource source, ILogger<PageTroubles> log) : IEndpointFilter
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
        catch (Exception failure) when (failure is not OperationCanceledException and not BadHttpRequestException)
        {
            Failed(failure, http.Request.Method, http.Request.Path);
            return await PageAsync(http, "That failed", "Something went wrong while this page was made; the dashboard's log says what.",
                StatusCodes.Status500InternalServerError, false).ConfigureAwait(false);
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

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private partial void Failed(Exception failure, string method, string path);
}
