using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Sweeps.Dashboard.Api;

namespace Sweeps.Dashboard.Security.Answers;

/// <summary>An answer that says why there is none: a page for people, problem details (RFC 9457) for programs.</summary>
internal static class RefusedAnswer
{
    /// <param name="context">Whose answer has not begun.</param>
    /// <param name="status">400 or above.</param>
    /// <param name="sentence">Why, and what to do; shown to whoever asked, so without anything that is not theirs to know.</param>
    /// <param name="retryAfter">When to ask again, if that is of use.</param>
    public static async Task WriteAsync(HttpContext context, int status, string sentence, TimeSpan? retryAfter = null)
    {
        var response = context.Response;
        response.StatusCode = status;
        if (retryAfter is { } wait)
            response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        string title = ReasonPhrases.GetReasonPhrase(status);
        if (HttpMethods.IsHead(context.Request.Method)) return;
        if (IsForPeople(context.Request))
        {
            await new RazorComponentResult<RefusalPage>(new { Title = title, Sentence = sentence }) { StatusCode = status }
                .ExecuteAsync(context).ConfigureAwait(false);
            return;
        }
        response.ContentType = "application/problem+json";
        await response.Body.WriteAsync(Problem(status, title, sentence), context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Whether somebody looks at the answer: a browser's, and not a script's nor the API's.</summary>
    public static bool IsForPeople(HttpRequest request)
    {
        if (IsApi(request)) return false;
        string mode = request.Headers["Sec-Fetch-Mode"].ToString();
        return mode.Length > 0 ? mode == "navigate"
            : request.Headers[HeaderNames.Accept].ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
    }

    public static bool IsApi(HttpRequest request) => request.Path.StartsWithSegments(ApiRoutes.Prefix);

    private static byte[] Problem(int status, string title, string sentence)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", "about:blank");
            json.WriteString("title", title);
            json.WriteNumber("status", status);
            json.WriteString("detail", sentence);
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }
}
