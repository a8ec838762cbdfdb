using Microsoft.AspNetCore.Http;
using Sweeps.Dashboard.Api.Problems;

namespace Sweeps.Dashboard.Api.Requests;

/// <summary>Parts of requests that many routes have.</summary>
internal static class RequestParts
{
    /// <summary>The id in the address, as it was written; to be asked of the server and used no further.</summary>
    public static string SweepId(this HttpContext context) => (string)context.Request.RouteValues["id"]!;

    /// <summary>The answer to parameters where there are none.</summary>
    public static IResult? HasWrongQuery(this HttpContext context) =>
        new RequestQuery(context.Request.Query).Mistakes() is { Length: > 0 } mistakes ? ApiProblem.Wrong(mistakes) : null;
}
