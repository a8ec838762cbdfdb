using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Sweeps.Dashboard.Api.Bodies;
using Sweeps.Dashboard.Display;
using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Api.Problems;

/// <summary>Problem details (RFC 9457): why a request was not done.</summary>
internal sealed class ApiProblem(ProblemBody body) : IResult
{
    public const string ContentType = "application/problem+json";

    public int Status => body.Status;

    /// <summary>Whoever asks again should wait so long.</summary>
    private TimeSpan? RetryAfter { get; init; }

    public static ApiProblem Of(int status, string detail, string? reason = null, TimeSpan? retryAfter = null) => new(new()
    {
        Title = ReasonPhrases.GetReasonPhrase(status),
        Status = status,
        Detail = detail,
        Reason = reason,
    })
    {
        RetryAfter = retryAfter,
    };

    /// <summary>Mistakes in the address or the headers.</summary>
    public static ApiProblem Wrong(params IEnumerable<string> mistakes) =>
        Of(StatusCodes.Status400BadRequest, [.. mistakes.Select(MistakeBody.Of)]);

    /// <summary>Mistakes in the body, and all others.</summary>
    public static ApiProblem WrongSpec(IEnumerable<SpecMistake> mistakes, params IEnumerable<string> others) => Of(
        StatusCodes.Status422UnprocessableEntity, [.. mistakes.Select(MistakeBody.Of), .. others.Select(MistakeBody.Of)]);

    /// <summary>What stands against it, each a sentence.</summary>
    public static ApiProblem Conflicts(IEnumerable<string> sentences, string reason) =>
        Of(StatusCodes.Status409Conflict, [.. sentences.Select(MistakeBody.Of)], reason);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = body.Status;
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
        if (RetryAfter is { } wait)
            response.Headers.RetryAfter = ((long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Options);
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, httpContext.RequestAborted).ConfigureAwait(false);
    }

    private static ApiProblem Of(int status, MistakeBody[] mistakes, string? reason = null)
    {
        MistakeBody[] told = ToldMistakes.Rest(mistakes.Length) is { } rest
            ? [.. mistakes.Take(ToldMistakes.Most), MistakeBody.Of(rest)]
            : mistakes;
        return new(new()
        {
            Title = ReasonPhrases.GetReasonPhrase(status),
            Status = status,
            Detail = mistakes is [var only]
                ? only.Sentence
                : $"{mistakes.Length} mistakes: {string.Join(" · ", told.Select(each => each.Sentence))}",
            Reason = reason,
            Mistakes = [.. told],
        });
    }
}
