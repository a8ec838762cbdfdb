using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sweeps.Dashboard.Api.Bodies;
using Sweeps.Dashboard.Api.OpenApi;
using Sweeps.Dashboard.Api.Requests;
using Sweeps.Dashboard.Api.Rows;
using Sweeps.Dashboard.Live;
using Sweeps.Dashboard.Security;
using Sweeps.Dashboard.Status;

namespace Sweeps.Dashboard.Api;

/// <summary>The HTTP API: the program's verbs as JSON.</summary>
internal static class ApiRoutes
{
    public const string Prefix = "/api/v1";

    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup(Prefix);
        MapSweeps(api.MapGroup("").WithTags("sweeps"));
        MapControl(api.MapGroup("").WithTags("steering"));
        MapRows(api.MapGroup("").WithTags("rows"));
        MapCluster(api.MapGroup("").WithTags("cluster"));
        routes.MapApiDocument();
    }

    private static void MapSweeps(RouteGroupBuilder api)
    {
        api.MapGet("/sweeps", SweepList.GetAsync).Describe("listSweeps", "The sweeps that go on, newest first.",
            new RouteDescription
            {
                Parameters =
                [
                    ApiParameter.Flag("ended", "Sweeps that have ended, too."),
                    ApiParameter.Integer("limit", $"Sweeps on a page [{SweepList.UsualPage}].", 1, SweepList.LongestPage),
                    ApiParameter.Word("after", "Where the page begins: from the next of the page before."),
                    ApiParameter.Flag("specs", "With the spec of each."),
                ],
                Answers =
                [
                    new(StatusCodes.Status200OK, "A page.", typeof(SweepPageBody))
                    {
                        Headers = [("Link", "The next page, rel=\"next\"; absent on the last.")],
                    },
                ],
                Problems = [StatusCodes.Status400BadRequest],
            });
        api.MapGet("/sweeps/{id}", SweepAnswer.GetAsync).Describe("getSweep", "All that is known of a sweep.", new RouteDescription
        {
            Parameters = [ApiParameter.Id, ApiParameter.Header("If-None-Match", "Tags of what is known already.")],
            Answers =
            [
                new(StatusCodes.Status200OK, "The sweep.", typeof(SweepDetailsBody)) { Headers = [Tag] },
                new(StatusCodes.Status304NotModified, "It is what is known already."),
            ],
            Problems = [StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound],
        });
        api.MapGet("/sweeps/{id}/evidence", Evidence.GetAsync)
            .Describe("getEvidence", "What happened to chunks that failed or lost their worker.", new RouteDescription
            {
                Parameters = [ApiParameter.Id, ApiParameter.Integer("limit", $"At most so many [{Evidence.Usual}].", 1, Evidence.Most)],
                Answers = [new(StatusCodes.Status200OK, "The evidence, newest first.", typeof(EvidenceListBody))],
                Problems = [StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound],
            });
        api.MapGet("/sweeps/{id}/chunks", Chunks.GetAsync)
            .Describe("getChunks", "What lanes have in hand of a sweep, and what they settled within the last minute.", new RouteDescription
            {
                Parameters = [ApiParameter.Id],
                Answers = [new(StatusCodes.Status200OK, "The chunks, the newest grants first.", typeof(RecentChunksBody))],
                Problems = [StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound],
            });
        api.MapGet("/sweeps/{id}/events", SweepEvents.GetAsync)
            .Describe("followSweep", "Where a sweep stands, told anew whenever something has happened.", new RouteDescription
            {
                Parameters = [ApiParameter.Id],
                Answers =
                [
                    new(StatusCodes.Status200OK,
                        "Server-sent events: progress, whose data is the sweep as in the list; trouble, whose data has a detail, while the "
                        + "cluster cannot be asked; end, when the sweep is gone.", typeof(string), ServerSentEvents.ContentType),
                ],
                Problems = [StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound],
            });
    }

    private static void MapControl(RouteGroupBuilder api)
    {
        api.MapPost("/sweeps", Submissions.PostAsync).TakesSpec().RequireAuthorization(Policies.Operate)
            .Describe("submitSweep", "Run a sweep.", new RouteDescription
            {
                Parameters =
                [
                    ApiParameter.Integer(
                        "priority", "Lanes go to the highest first [0].", -DemandWords.HighestPriority, DemandWords.HighestPriority),
                    ApiParameter.Integer("lanes", "At most so many lanes at once [any number].", 1, int.MaxValue),
                    ApiParameter.Choice("only", "Lanes of this kind alone.", DemandWords.Processor, DemandWords.Accelerator),
                    ApiParameter.Set,
                    ApiParameter.Header(Submissions.Key, "A UUID of this submission: the same one twice is one sweep.", "uuid"),
                ],
                Answers =
                [
                    new(StatusCodes.Status201Created, "The sweep.", typeof(SweepDetailsBody))
                    {
                        Headers = [Tag, ("Location", "Where it is.")],
                    },
                ],
                Problems = [StatusCodes.Status400BadRequest, .. SpecProblems],
            });
        api.MapPost("/plan", Submissions.PlanAsync).TakesSpec().Describe("planSweep", "What a sweep would be; computes and writes nothing.",
            new RouteDescription
            {
                Parameters =
                [
                    ApiParameter.Integer("threads", "Predict for so many threads [1].", 1, Submissions.MostThreads),
                    ApiParameter.Set,
                ],
                Answers = [new(StatusCodes.Status200OK, "The plan.", typeof(PlanBody))],
                Problems = [StatusCodes.Status400BadRequest, .. SpecProblems],
            });
        api.MapPost("/sweeps/{id}/pause", SweepControl.PauseAsync).RequireAuthorization(Policies.Operate)
            .Describe("pauseSweep", "Begin no more chunks; those in hand end.", Control());
        api.MapPost("/sweeps/{id}/resume", SweepControl.ResumeAsync).RequireAuthorization(Policies.Operate)
            .Describe("resumeSweep", "Go on after a pause, or after too many points failed.", Control(
                ApiParameter.Integer("budget", "Points that may fail, those that did included [as many as before].", 0, long.MaxValue)));
        api.MapPost("/sweeps/{id}/cancel", SweepControl.CancelAsync).RequireAuthorization(Policies.Operate)
            .Describe("cancelSweep", "End a sweep; the rows that it has stay.", Control());
        var extend = Control(ApiParameter.Set, ApiParameter.Header(
            "If-Match", "The sweep's ETag or spec_hash, in quotes: extend it only if it is still that."));
        api.MapPost("/sweeps/{id}/extend", SweepControl.ExtendAsync).TakesSpec().RequireAuthorization(Policies.Operate)
            .Describe("extendSweep", "Let a sweep grow to a spec with more values on its axes; the rows that it has stay.",
                extend with { Problems = [.. extend.Problems, StatusCodes.Status412PreconditionFailed, .. SpecProblems] });
    }

    private static void MapRows(RouteGroupBuilder api)
    {
        api.MapGet("/sweeps/{id}/points", RowQuery.PointsAsync).Describe("getPoints", "Points that are finished, a row each.", Rows(
            "The rows in grid order.",
            ApiParameter.Repeated("where", "KEY=VALUE: only points with this value; a key twice may have either.")));
        api.MapGet("/sweeps/{id}/curves", RowQuery.CurvesAsync).Describe(
            "getCurves", "Curves of points that are finished, in long form.", Rows(
            "The rows by point, observable and time.",
            ApiParameter.Repeated("where", "KEY=VALUE: only curves of points with this value; a key twice may have either."),
            ApiParameter.Integer("point", "Only of this point.", 0, long.MaxValue),
            ApiParameter.Repeated("observable", "Only this one; repeat it for more.")));
    }

    private static void MapCluster(RouteGroupBuilder api)
    {
        api.MapGet("/silos", Silos.GetAsync).Describe("listSilos", "The cluster's silos, with their lanes.", new RouteDescription
        {
            Answers = [new(StatusCodes.Status200OK, "The silos.", typeof(SiloListBody))],
            Problems = [StatusCodes.Status400BadRequest],
        });
        api.MapGet("/experiments", Catalogue.Get).Describe("listExperiments", "What can be computed: experiments, their keys and measures.",
            new RouteDescription
            {
                Parameters = [ApiParameter.Header("If-None-Match", "Tags of what is known already.")],
                Answers =
                [
                    new(StatusCodes.Status200OK, "The catalogue.", typeof(CatalogueBody)) { Headers = [Tag] },
                    new(StatusCodes.Status304NotModified, "It is what is known already."),
                ],
                Problems = [StatusCodes.Status400BadRequest],
            });
        api.MapGet("/theory", Catalogue.Theory).Describe("getTheory", "Closed forms of one point; simulates nothing.", new RouteDescription
        {
            Parameters =
            [
                ApiParameter.Word("experiment", "The experiment [the first of the catalogue]."),
                ApiParameter.Keys("keys", "Keys of the experiment, as separation=1.5; those not named have their defaults."),
            ],
            Answers =
            [
                new(StatusCodes.Status200OK, "By quantity; null where there is none.", typeof(IReadOnlyDictionary<string, double?>)),
            ],
            Problems = [StatusCodes.Status400BadRequest],
        });
    }

    private static (string Name, string Description) Tag => ("ETag", "Changes with what is said.");

    private static int[] SpecProblems =>
        [StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status422UnprocessableEntity];

    private static RouteDescription Control(params ApiParameter[] more) => new()
    {
        Parameters = [ApiParameter.Id, .. more],
        Answers = [new(StatusCodes.Status200OK, "The sweep afterwards.", typeof(SweepDetailsBody)) { Headers = [Tag] }],
        Problems = [StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict],
    };

    private static RouteDescription Rows(string answer, params ApiParameter[] more) => new()
    {
        Parameters =
        [
            ApiParameter.Id,
            .. more,
            ApiParameter.Repeated("columns", "a,b: only these columns, in this order [all]."),
            ApiParameter.Integer("limit", "At most so many rows [all].", 0, long.MaxValue),
            ApiParameter.Choice("format", "Goes before Accept [json].", [.. RowMedia.All.Select(form => form.Word)]),
        ],
        Answers = [new(StatusCodes.Status200OK, answer, typeof(RowBody[]), [.. RowMedia.All.Select(form => form.ContentType)])],
        Problems = [StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status406NotAcceptable],
    };

    private static RouteHandlerBuilder TakesSpec(this RouteHandlerBuilder route) => route
        .WithMetadata(new SpecSizeLimit())
        .Accepts<SpecBody>(SentSpec.ContentTypes[0], [.. SentSpec.ContentTypes[1..]]);
}
