using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Sweeps.Dashboard.Display;

namespace Sweeps.Dashboard.Api.Rows;

/// <summary>A form that rows are sent in.</summary>
/// <param name="Word">In <c>format=</c>, and what a file name ends in.</param>
/// <param name="ContentType">In <c>Accept</c> and <c>Content-Type</c>.</param>
/// <param name="Text">Null for Parquet.</param>
internal sealed record RowMedia(string Word, string ContentType, Func<IReadOnlyList<string>, RowFormat>? Text)
{
    public static RowMedia Parquet { get; } = new("parquet", "application/vnd.apache.parquet", null);

    /// <summary>All there are, the usual one first.</summary>
    public static ImmutableArray<RowMedia> All { get; } =
    [
        new("json", "application/json", RowFormat.Json),
        new("csv", "text/csv", RowFormat.Csv),
        new("ndjson", "application/x-ndjson", RowFormat.JsonLines),
        Parquet,
    ];

    /// <summary>The form that a request prefers; null if it takes none of those there are.</summary>
    public static RowMedia? Of(HttpRequest request)
    {
        if (request.Headers.Accept.Count == 0) return All[0];
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)) return null;
        return accepted.Where(type => type.Quality is not 0).OrderByDescending(type => type.Quality ?? 1)
            .Select(type => All.FirstOrDefault(form => MediaTypeHeaderValue.Parse(form.ContentType).IsSubsetOf(Plain(type))))
            .FirstOrDefault(form => form is not null);
    }

    private static MediaTypeHeaderValue Plain(MediaTypeHeaderValue type) => new(type.MediaType);
}
