using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sweeps.Dashboard.Display;
using Sweeps.Dashboard.Figures;
using Sweeps.Dashboard.Hosting;
using Sweeps.Dashboard.Pages.Parts;
using Sweeps.Dashboard.Plots;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Pages.Diagram;

/// <summary>Figures apart from their page, and what is at a place of a figure with too many cells for links.</summary>
internal static class DiagramRoutes
{
    public static void MapDiagrams(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sweeps/{id}/figure", FigureAsync);
        routes.MapGet("/sweeps/{id}/at", AtAsync);
    }

    private static async Task<IResult> FigureAsync(
        string id, HttpContext http, SweepSource source, FigureCache figures, CancellationToken cancellation)
    {
        if (await ChosenAsync(id, http, source, cancellation).ConfigureAwait(false) is not { } chosen) return Results.NotFound();
        var (sweep, _, reading) = chosen;
        var form = FigureForms.Read(http.Request.Query["form"]);
        if (!reading.IsRight)
            return PageResults.Component<MistakeLines>(new { reading.Mistakes }, StatusCodes.Status422UnprocessableEntity);
        if (figures.Get(sweep, reading.Value, form, cancellation) is not { } drawing)
        {
            http.Response.Headers.RetryAfter = "5";
            return PageResults.Component<MistakeLines>(
                new { Mistakes = ImmutableArray.Create(FigureCache.Busy) }, StatusCodes.Status503ServiceUnavailable);
        }
        var figure = await drawing.ConfigureAwait(false);
        if (!figure.IsRight)
        {
            // A page asks for its figure and shows what comes; a file is one or it is not.
            int status = form is FigureForm.Print ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
            return PageResults.Component<MistakeLines>(new { figure.Mistakes }, status);
        }

        http.Response.Headers.ETag = figure.Value.Tag;
        http.Response.Headers.CacheControl = "no-cache";
        if (http.Request.Headers.IfNoneMatch == figure.Value.Tag) return Results.StatusCode(StatusCodes.Status304NotModified);
        var bytes = figure.Value.Bytes;
        http.Response.Headers.Vary = "Accept-Encoding";
        if (figure.Value.Zipped is { } zipped && http.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            http.Response.Headers.ContentEncoding = "gzip";
            bytes = zipped;
        }
        return form is FigureForm.Print
            ? Results.Bytes(bytes, "image/svg+xml", $"{sweep.Id}-{reading.Value.Column.Name}.svg")
            : Results.Bytes(bytes, "text/html; charset=utf-8");
    }

    /// <summary>The point under a place of a phase diagram, in shares of its width and height from below on the left.</summary>
    private static async Task<IResult> AtAsync(string id, HttpContext http, SweepSource source, CancellationToken cancellation)
    {
        if (await ChosenAsync(id, http, source, cancellation).ConfigureAwait(false) is not { } chosen) return Results.NotFound();
        var (sweep, _, reading) = chosen;
        if (!reading.IsRight || reading.Value.Y is not { } y || !Share(http, "across", out double across) || !Share(http, "up", out double up))
            return Results.BadRequest();
        var opening = await source.Datasets.OpenAsync(sweep.Id, cancellation).ConfigureAwait(false);
        if (!opening.IsRight) return Results.NotFound();
        using var dataset = opening.Value;
        var request = new FigureRequest(dataset, reading.Value.SelectionOf(dataset.Grid), cancellation);
        int i = Place(request.Side(reading.Value.X), across), j = Place(request.Side(y), up);
        long point = reading.Value.PointAt(dataset.Grid, i, j);
        string address = Addresses.OfPoint(sweep.Id, point);
        if (http.Request.Query["words"] != "1") return Results.LocalRedirect(address);

        var column = reading.Value.Column;
        string[] columns = [.. new[] { column.Name, column.ErrorColumn, column.TheoryColumn }.OfType<string>().Distinct()];
        var row = dataset.ReadPoint(point, columns);
        double? value = row is null ? null : RowText.Number(row.Columns[0], 0);
        string words = value is { } number
            ? Numbers.WithError(number, column.ErrorColumn is null ? null : RowText.Number(row!.Columns[1], 0))
            : row is null ? "not finished" : MissingValue.Words(column.TheoryColumn is null ? null : RowText.Number(row.Columns[^1], 0));
        return Results.Json(new
        {
            address,
            text = $"{reading.Value.X} {Labels.Short(request.ValuesOf(reading.Value.X)[i])}, {y} {Labels.Short(request.ValuesOf(y)[j])}: {words}",
        });
    }

    private static async Task<(ServerSweep Sweep, SweepSpec Spec, Checked<FigureChoice> Choice)?> ChosenAsync(
        string id, HttpContext http, SweepSource source, CancellationToken cancellation) =>
        await source.Server.FindAsync(id, cancellation).ConfigureAwait(false) is { } sweep
        && SweepSpec.FromJson(sweep.SpecJson, sweep.Id, source.Catalogue).Spec is { } spec
            ? (sweep, spec, new FigureChoiceReader(spec, name => http.Request.Query[name].FirstOrDefault()).Read())
            : null;

    private static bool Share(HttpContext http, string name, out double share) =>
        double.TryParse(http.Request.Query[name], NumberStyles.Float, CultureInfo.InvariantCulture, out share) && share is >= 0 and <= 1;

    // The cell whose edges hold the place, in the axis's own order.
    private static int Place(PlotAxis side, double share)
    {
        var axis = new GridAxis(side);
        double at = axis.Axis.Coordinates.Low + share * axis.Axis.Coordinates.Length;
        int cell = axis.Edges.AsSpan().BinarySearch(at);
        if (cell < 0) cell = ~cell - 1;
        return axis.Order[Math.Clamp(cell, 0, axis.Centres.Length - 1)];
    }
}
