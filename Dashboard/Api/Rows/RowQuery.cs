using Microsoft.AspNetCore.Http;
using Sweeps.Dashboard.Api.Problems;
using Sweeps.Dashboard.Api.Requests;
using Sweeps.Dashboard.Datasets;
using Sweeps.Dashboard.Hosting;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Api.Rows;

/// <summary>
/// <c>GET /sweeps/{id}/points</c> and <c>/curves</c>: rows of the dataset as it is at this moment, sent as they are read. The words mean
/// what they mean to <c>sweeps show</c>.
/// </summary>
internal static class RowQuery
{
    public static Task<IResult> PointsAsync(HttpContext context, SweepSource source, CancellationToken cancellation) =>
        AnswerAsync(context, source, "points", (query, sweep) => Points(query, sweep, cancellation), cancellation);

    public static Task<IResult> CurvesAsync(HttpContext context, SweepSource source, CancellationToken cancellation) =>
        AnswerAsync(context, source, "curves", (query, sweep) => Curves(query, sweep, cancellation), cancellation);

    private static async Task<IResult> AnswerAsync(
        HttpContext context, SweepSource source, string table, Func<RequestQuery, SweepFolder, IRowSelection?> select,
        CancellationToken cancellation)
    {
        var (sweep, unknown) = await SweepAnswer.FindAsync(source, context.SweepId(), cancellation).ConfigureAwait(false);
        if (sweep is null) return unknown!;
        var opening = await source.Datasets.OpenAsync(sweep.Id, cancellation).ConfigureAwait(false);
        if (!opening.IsRight) return ApiProblem.Of(StatusCodes.Status404NotFound, string.Join(" · ", opening.Mistakes), "no_dataset");

        var folder = opening.Value;
        context.Response.RegisterForDispose(folder);
        if (table == "curves" && folder.Reader.CurvesSchema is null)
            return ApiProblem.Of(StatusCodes.Status404NotFound, $"{sweep.Id} has no curves; its spec asks for none", "no_curves");
        var query = new RequestQuery(context.Request.Query);
        var rows = select(query, folder);
        var columns = ColumnNames.Read(
            query.Repeated("columns"), table == "curves" ? folder.Reader.CurvesSchema! : folder.PointColumns, "columns=");
        var media = query.OneOf("format", [.. RowMedia.All.Select(form => form.Word)]) is { } word
            ? RowMedia.All.First(form => form.Word == word)
            : RowMedia.Of(context.Request);
        string[] mistakes = [.. query.Mistakes(), .. columns.Mistakes];
        if (rows is null || !columns.IsRight || mistakes.Length > 0) return ApiProblem.Wrong(mistakes);
        if (media is null)
            return ApiProblem.Of(StatusCodes.Status406NotAcceptable,
                $"rows come as {string.Join(", ", RowMedia.All.Select(form => form.ContentType))}; name one in Accept, or with format=");
        return new RowAnswer(rows, columns.Value, media, $"{sweep.Id}-{table}", DatasetMetadata.Of(folder.Spec));
    }

    private static SelectedRows? Points(RequestQuery query, SweepFolder sweep, CancellationToken cancellation)
    {
        long? limit = query.Integer("limit", 0, long.MaxValue);
        return Selection(query, sweep) is { } selection ? new(sweep, selection, limit, cancellation) : null;
    }

    private static SelectedCurves? Curves(RequestQuery query, SweepFolder sweep, CancellationToken cancellation)
    {
        long? limit = query.Integer("limit", 0, long.MaxValue), point = query.Integer("point", 0, sweep.Grid.Count - 1);
        string[] asked = [.. query.Repeated("observable").Distinct()];
        string[] known = [.. sweep.Spec.Experiment.Observables(sweep.Spec.Measures).Select(curve => curve.Name)];
        foreach (string name in asked.Except(known))
            query.Add($"observable={Shown.As(name)}: the sweep has no such curve; {Suggestion.For(name, known)}");
        return Selection(query, sweep) is { } selection ? new(sweep, selection, point, [.. asked], limit, cancellation) : null;
    }

    private static GridSelection? Selection(RequestQuery query, SweepFolder sweep)
    {
        var selection = GridSelection.Read(sweep.Grid, query.Repeated("where"));
        // The same words as on the command line, in the form that they have in an address.
        foreach (string mistake in selection.Mistakes) query.Add(mistake.Replace("--where ", "where=", StringComparison.Ordinal));
        return selection.Value;
    }
}
