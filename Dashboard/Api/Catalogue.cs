using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Sweeps.Compute.Experiments;
using Sweeps.Dashboard.Api.Bodies;
using Sweeps.Dashboard.Api.Problems;
using Sweeps.Dashboard.Api.Requests;
using Sweeps.Dashboard.Datasets;
using Sweeps.Dashboard.Display;
using Sweeps.Dashboard.Hosting;

namespace Sweeps.Dashboard.Api;

/// <summary><c>GET /experiments</c>: what can be computed; and <c>GET /theory</c>: what is known of a point without computing.</summary>
internal static class Catalogue
{
    public static IResult Get(HttpContext context, SweepSource source) => context.HasWrongQuery() ?? Answer(
        JsonSerializer.SerializeToUtf8Bytes(new CatalogueBody([.. source.Catalogue.Select(Of)]), ApiJson.Options));

    public static IResult Theory(HttpContext context, SweepSource source)
    {
        var query = new RequestQuery(context.Request.Query);
        string? experiment = query.Word("experiment");
        string[] pairs = [.. query.Others.Select(name => $"{name}={query.Word(name)}")];
        var point = TheoryPoint.Read(experiment, pairs, source.Catalogue);
        return !point.IsRight || query.Mistakes().Length > 0
            ? ApiProblem.Wrong([.. query.Mistakes(), .. point.Mistakes])
            : JsonAnswer.Of(writer => TheoryJson.Write(writer, point.Value.Values));
    }

    private static JsonAnswer Answer(byte[] body) => new(body) { IsTagged = true };

    private static ExperimentBody Of(IExperiment experiment) => new(
        experiment.Name, experiment.Description, [.. experiment.Keys.Select(Of)],
        [.. experiment.Measures.Select(measure => new MeasureBody(
            measure, experiment.DefaultMeasures.Contains(measure),
            [.. experiment.Quantities([measure]).Select(each => new QuantityBody(each.Name, each.Unit, each.Description, each.TheoryOnly))],
            [.. experiment.Observables([measure]).Select(each => new ObservableBody(each.Name, each.Unit, each.Description))]))]);

    private static KeyBody Of(ExperimentKey key) => new(
        key.Name, key.Kind.ToString().ToLowerInvariant(),
        key.Default.Kind switch
        {
            null => null,
            KeyKind.Integer => key.Default.AsInteger(),
            KeyKind.Real => key.Default.AsReal(),
            _ => key.Default.AsWord(),
        },
        key.Unit, key.Description, Finite(key.Minimum), key.MinimumIsExclusive, Finite(key.Maximum), key.Choices);

    private static double? Finite(double bound) => double.IsFinite(bound) ? bound : null;
}
