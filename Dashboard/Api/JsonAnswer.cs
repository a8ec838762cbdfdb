using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Sweeps.Dashboard.Display;

namespace Sweeps.Dashboard.Api;

/// <summary>One JSON document.</summary>
/// <param name="body">In UTF-8.</param>
/// <param name="status">Of the answer.</param>
internal sealed class JsonAnswer(ReadOnlyMemory<byte> body, int status = StatusCodes.Status200OK) : IResult
{
    /// <summary>The tag of what is said: the same if and only if the bytes are.</summary>
    public string Tag { get; } = $"\"{Convert.ToHexStringLower(SHA256.HashData(body.Span))}\"";

    /// <summary>Whether the answer has its tag, so that who has it already need not be sent it again.</summary>
    public bool IsTagged { get; init; }

    public static JsonAnswer Of(Action<Utf8JsonWriter> content, int status = StatusCodes.Status200OK) => new(JsonText.Bytes(content), status);

    /// <summary>An object with one member.</summary>
    public static JsonAnswer Member(string name, Action<Utf8JsonWriter> content) => Of(writer =>
    {
        writer.WriteStartObject();
        writer.WritePropertyName(name);
        content(writer);
        writer.WriteEndObject();
    });

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.Headers.CacheControl = "no-cache";
        if (IsTagged)
        {
            response.Headers.ETag = Tag;
            if (Has(httpContext.Request))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }
        }
        response.StatusCode = status;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body, httpContext.RequestAborted).AsTask();
    }

    private bool Has(HttpRequest request) => EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var known)
        && known.Any(tag => tag.Tag.Equals(Tag, StringComparison.Ordinal) || tag.Equals(EntityTagHeaderValue.Any));
}
