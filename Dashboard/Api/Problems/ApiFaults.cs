using System.Globalization;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sweeps.Dashboard.Hosting;
using Sweeps.Dashboard.Security.Answers;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Datasets.Tables;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Api.Problems;

/// <summary>
/// Turns whatever goes wrong below the API's prefix into problem details: refusals of the framework and of what stands before the routes,
/// servers that are gone, damaged files.
/// </summary>
internal static class ApiFaults
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly string TooLarge =
        string.Create(CultureInfo.InvariantCulture, $"the spec is larger than {SpecReader.MaximumBytes} bytes; write long axes as ranges");

    /// <summary>Before all that may refuse a request.</summary>
    public static void UseApiProblems(this IApplicationBuilder application) => application.UseWhen(
        context => context.Request.Path.StartsWithSegments(ApiRoutes.Prefix),
        below => below.Use(AnswerAsync));

    private static async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return; // Nobody is there to be told.
        }
        catch (Exception fault) when (!context.Response.HasStarted && Of(fault, context) is { } problem)
        {
            if (problem.Status >= StatusCodes.Status500InternalServerError) Log(context, problem.Status, Faults.CauseOf(fault));
            Empty(context.Response);
            await problem.ExecuteAsync(context).ConfigureAwait(false);
            return;
        }
        if (!context.Response.HasStarted && IsSilentRefusal(context.Response))
        {
            int status = context.Response.StatusCode;
            if (status >= StatusCodes.Status500InternalServerError) Log(context, status, "answered without a cause");
            await Of(context).ExecuteAsync(context).ConfigureAwait(false);
        }
    }

    // The path without what stands behind the question mark, and no header: those may be secret.
    private static void Log(HttpContext context, int status, string cause) =>
        context.RequestServices.GetRequiredService<DashboardOptions>().Log(Shown.OneLine(string.Create(
            CultureInfo.InvariantCulture, $"{context.Request.Method} {context.Request.Path} {status}: {cause}")));

    // Headers such as WWW-Authenticate, Allow and Retry-After stay.
    private static bool IsSilentRefusal(HttpResponse response) =>
        response.StatusCode >= 400 && response.ContentLength is null or 0 && string.IsNullOrEmpty(response.ContentType);

    private static void Empty(HttpResponse response)
    {
        response.ContentLength = null;
        response.Headers.Remove("Content-Disposition");
        response.Headers.ETag = default;
    }

    // Null: an error of the program, which is logged where all such errors are.
    private static ApiProblem? Of(Exception fault, HttpContext context) => fault switch
    {
        ServerException { IsTransient: true } gone =>
            ApiProblem.Of(StatusCodes.Status503ServiceUnavailable, gone.Message, "unavailable", Patience),
        // What a run on this machine cannot do, however often it is asked.
        ServerException refused when context.RequestServices.GetRequiredService<SweepSource>().IsLocalRun =>
            ApiProblem.Of(StatusCodes.Status409Conflict, refused.Message, "local"),
        ServerException broken => ApiProblem.Of(StatusCodes.Status502BadGateway, broken.Message, "server"),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
            ApiProblem.Of(StatusCodes.Status413PayloadTooLarge, TooLarge),
        BadHttpRequestException wrong => ApiProblem.Of(wrong.StatusCode, "the request breaks off or is no HTTP; send it again"),
        TableFileException or DatasetException => ApiProblem.Of(
            StatusCodes.Status500InternalServerError, $"{Shown.OneLine(fault.Message)}; see to the dataset on its machine", "dataset"),
        IOException or UnauthorizedAccessException or SocketException => ApiProblem.Of(
            StatusCodes.Status500InternalServerError, "a file of the dataset cannot be read; see to the disk that it is on", "dataset"),
        _ => null,
    };

    private static ApiProblem Of(HttpContext context) => ApiProblem.Of(context.Response.StatusCode, context.Response.StatusCode switch
    {
        StatusCodes.Status401Unauthorized => "a token is required; send it as Authorization: Bearer",
        StatusCodes.Status403Forbidden => "this token does not allow it; use one whose role does",
        StatusCodes.Status404NotFound => $"there is nothing at this address; {ApiRoutes.Prefix}/openapi.json lists what there is",
        StatusCodes.Status405MethodNotAllowed =>
            $"{Shown.OneLine(context.Request.Method)} is not for this address; the header Allow says what is",
        StatusCodes.Status413PayloadTooLarge => TooLarge,
        StatusCodes.Status415UnsupportedMediaType => Requests.SentSpec.Types,
        StatusCodes.Status429TooManyRequests => "too many requests; wait, as long as Retry-After says if it is there",
        _ => "the request was refused",
    });
}
