using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sweeps.Dashboard.Hosting;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Security.Answers;

/// <summary>
/// What goes wrong while a request is answered becomes an answer that tells nothing of the program's inside, and one line of the log.
/// Errors without a body of their own get one here, too.
/// </summary>
internal sealed class Faults(RequestDelegate next, DashboardOptions options, SweepSource source)
{
    private static readonly TimeSpan WhenServerMayBeBack = TimeSpan.FromSeconds(5);

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context).ConfigureAwait(false);
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null } refused)
                await RefusedAnswer.WriteAsync(context, refused.StatusCode, Sentence(refused.StatusCode)).ConfigureAwait(false);
        }
        catch (Exception gone) when (context.RequestAborted.IsCancellationRequested && gone is OperationCanceledException or IOException)
        {
            // Nobody waits for the answer any more.
        }
#pragma warning disable CA1031 // The last resort: nobody outside sees what went wrong inside.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            await AnswerAsync(context, fault).ConfigureAwait(false);
        }
    }

    private async Task AnswerAsync(HttpContext context, Exception fault)
    {
        var (status, sentence, retryAfter) = fault switch
        {
            BadHttpRequestException wrong => (wrong.StatusCode, Sentence(wrong.StatusCode), (TimeSpan?)null),
            // What a run on this machine cannot do, however often it is asked.
            ServerException { IsTransient: false } refused when source.IsLocalRun => (StatusCodes.Status409Conflict, refused.Message, null),
            ServerException gone => (StatusCodes.Status503ServiceUnavailable, gone.Message, WhenServerMayBeBack),
            _ => (StatusCodes.Status500InternalServerError, Sentence(StatusCodes.Status500InternalServerError), null),
        };
        if (status >= StatusCodes.Status500InternalServerError) options.Log(LineOf(context, fault));
        if (context.Response.HasStarted)
        {
            // Cut off, it cannot be taken for whole.
            context.Abort();
            return;
        }
        context.Response.Clear();
        await RefusedAnswer.WriteAsync(context, status, sentence, retryAfter).ConfigureAwait(false);
    }

    /// <summary>For the log, by the route rather than the address: what a request carries may be secret.</summary>
    public static string LineOf(HttpContext context, Exception fault)
    {
        string route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "an unknown route";
        return Shown.OneLine($"{context.Request.Method} {route}: {CauseOf(fault)}");
    }

    /// <summary>For the log: a server's own sentence, or what was thrown.</summary>
    public static string CauseOf(Exception fault) => fault is ServerException ? fault.Message : $"{fault.GetType().Name}: {fault.Message}";

    private static string Sentence(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "The request cannot be understood.",
        StatusCodes.Status404NotFound => "There is nothing at this address.",
        StatusCodes.Status405MethodNotAllowed => "This address is not for requests of this kind.",
        StatusCodes.Status408RequestTimeout => "The request came too slowly.",
        StatusCodes.Status413PayloadTooLarge => "The request is too large: at most 1 MiB is taken.",
        StatusCodes.Status415UnsupportedMediaType => "The request's content is of a kind that is not taken here.",
        >= StatusCodes.Status500InternalServerError => "Something went wrong inside the dashboard; its log says what.",
        _ => "The request is refused.",
    };
}
