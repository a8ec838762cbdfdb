using System.Text;
using Microsoft.AspNetCore.Http;
using Sweeps.Dashboard.Datasets;

namespace Sweeps.Dashboard.Api.Rows;

/// <summary>Rows as the answer, sent while they are read, so that a dataset of any size needs little memory.</summary>
internal sealed class RowAnswer(
    IRowSelection rows, IReadOnlyList<string> columns, RowMedia media, string name, IReadOnlyDictionary<string, string> metadata) : IResult
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.Headers.CacheControl = "no-cache";
        response.Headers.Vary = "Accept";
        // The name is the server's own: letters, digits, '-' and '_'.
        response.Headers.ContentDisposition = $"attachment; filename=\"{name}.{media.Word}\"";
        if (media.Text is { } format) await SendTextAsync(response, format(columns), httpContext.RequestAborted).ConfigureAwait(false);
        else await SendParquetAsync(response, httpContext.RequestAborted).ConfigureAwait(false);
    }

    private async Task SendTextAsync(HttpResponse response, Display.RowFormat format, CancellationToken cancellation)
    {
        response.ContentType = media.ContentType is "text/csv" ? "text/csv; charset=utf-8; header=present" : media.ContentType;
        using var bytes = new MemoryStream();
        await using var text = new StreamWriter(bytes, Utf8, leaveOpen: true);
        format.Begin(text);
        foreach (var slice in rows.Slices(columns))
        {
            format.Write(slice, text);
            await SendAsync().ConfigureAwait(false);
        }
        format.End(text);
        await SendAsync().ConfigureAwait(false);

        async Task SendAsync()
        {
            await text.FlushAsync(cancellation).ConfigureAwait(false);
            await response.Body.WriteAsync(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), cancellation).ConfigureAwait(false);
            bytes.SetLength(0);
        }
    }

    private async Task SendParquetAsync(HttpResponse response, CancellationToken cancellation)
    {
        var file = StagedParquet.Write(rows, columns, metadata);
        await using (file.ConfigureAwait(false))
        {
            response.ContentType = media.ContentType;
            response.ContentLength = file.Length;
            await file.CopyToAsync(response.Body, cancellation).ConfigureAwait(false);
        }
    }
}
