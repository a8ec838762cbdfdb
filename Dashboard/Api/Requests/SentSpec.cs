using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Sweeps.Compute.Experiments;
using Sweeps.Dashboard.Api.Problems;
using Sweeps.Dashboard.Datasets;
using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Api.Requests;

/// <summary>
/// The spec in a request's body: YAML as for the command line, the same in JSON, or the canonical JSON that the API and
/// <c>sweep.json</c> have; with <c>set=KEY=VALUE</c> as <c>--set</c>.
/// </summary>
internal static class SentSpec
{
    public const string Source = "spec";

    /// <summary>Types of a body, the first the usual one.</summary>
    public static ImmutableArray<string> ContentTypes { get; } =
        ["application/yaml", "application/json", "application/x-yaml", "text/yaml", "text/x-yaml", "text/plain"];

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads body and query; every mistake of both is in the problem.</summary>
    /// <param name="request">The query's other parameters have been read already.</param>
    /// <param name="query">Of the same request.</param>
    /// <param name="catalogue">The experiments there are.</param>
    /// <returns>The spec, or the answer that says what is wrong.</returns>
    public static async Task<(SweepSpec? Spec, ApiProblem? Problem)> ReadAsync(
        HttpRequest request, RequestQuery query, IReadOnlyCollection<IExperiment> catalogue)
    {
        if (!IsText(request, out bool isJson)) return (null, Unsupported());
        var mistakes = Pairs.Split(query.Repeated("set"), "set=", out var overrides);
        string[] others = [.. mistakes, .. query.Mistakes()];
        byte[] body = await BodyAsync(request).ConfigureAwait(false);
        if (TextOf(body) is not { } text)
            return (null, ApiProblem.WrongSpec([Mistake("the spec is not text in UTF-8", "save it as UTF-8")], others));
        var reading = Read(text, isJson, overrides, catalogue);
        return reading.IsValid && others.Length == 0
            ? (reading.Spec, null)
            : (null, reading.IsValid ? ApiProblem.Wrong(others) : ApiProblem.WrongSpec(reading.Mistakes, others));
    }

    private static SpecReading Read(
        string text, bool isJson, ImmutableArray<(string Key, string Value)> overrides, IReadOnlyCollection<IExperiment> catalogue)
    {
        // The canonical form has a hash; what is set would make it untrue, and so is set in what it says instead.
        return isJson && IsCanonical(text) && overrides.IsEmpty
            ? SweepSpec.FromJson(text, Source, catalogue)
            // JSON is YAML too, and there mistakes have lines.
            : SpecReader.Read(text, Source, overrides, catalogue);
    }

    private static bool IsCanonical(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 16 });
            return document.RootElement.ValueKind is JsonValueKind.Object && document.RootElement.TryGetProperty("hash", out _);
        }
        catch (Exception damaged) when (damaged is JsonException or ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    private static async Task<byte[]> BodyAsync(HttpRequest request)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, request.HttpContext.RequestAborted).ConfigureAwait(false);
        // Kestrel has seen to the limit; another server, or none between, might not.
        return buffer.Length <= SpecReader.MaximumBytes
            ? buffer.ToArray()
            : throw new BadHttpRequestException("too large", StatusCodes.Status413PayloadTooLarge);
    }

    private static string? TextOf(byte[] body)
    {
        try
        {
            return Strict.GetString(body);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static bool IsText(HttpRequest request, out bool isJson)
    {
        isJson = false;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)) return false;
        isJson = type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase);
        bool isUtf8 = !type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase);
        return isUtf8 && ContentTypes.Any(known => type.MediaType.Equals(known, StringComparison.OrdinalIgnoreCase));
    }

    private static ApiProblem Unsupported() => ApiProblem.Of(
        StatusCodes.Status415UnsupportedMediaType, $"a spec is sent as {string.Join(", ", ContentTypes)}, in UTF-8; name one in Content-Type");

    private static SpecMistake Mistake(string message, string remedy) => new(Source, null, null, "", message, remedy);
}
