using System.Net;
using System.Net.Http.Json;
using System.Security.Authentication;
using System.Text.Json;
using Sweeps.Dashboard.Api.Bodies;
using Sweeps.Dashboard.Api.Problems;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Specs;

namespace Sweeps.Client.Cluster;

/// <summary>
/// What it means that a dashboard does not answer, or refuses: a sentence for people, and whether it goes away by itself.
/// </summary>
internal static class HttpFaults
{
    private const string SeeAddress = "see whether the address is a dashboard's, and of this version";

    /// <summary>Null if the exception does not come from the network.</summary>
    public static ServerException? Of(Exception fault, HttpAddress address) => fault switch
    {
        HttpRequestException { InnerException: AuthenticationException refused } => new(
            $"{address}: the server's certificate is not trusted ({Clause(refused)}); "
            + "add its authority to this machine's, or see to the host's name",
            fault),
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => new(
            $"{address} answers with more than can be taken; {SeeAddress}", fault),
        HttpRequestException or IOException or OperationCanceledException => new(
            // What the connection says of being cut off by this end is no news.
            $"{address} cannot be reached: {Clause(fault is OperationCanceledException ? fault : fault.InnerException ?? fault)}; "
            + "see whether the dashboard runs",
            fault, isTransient: true),
        JsonException or FormatException or NotSupportedException => new($"{address} answers, but not as it should; {SeeAddress}", fault),
        _ => null,
    };

    /// <summary>The problem that an answer tells of; null if it is none of this API's.</summary>
    public static async Task<ProblemBody?> ProblemAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        if (answer.Content.Headers.ContentType?.MediaType != ApiProblem.ContentType) return null;
        try
        {
            return await answer.Content.ReadFromJsonAsync<ProblemBody>(ApiJson.Options, cancellation).ConfigureAwait(false);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What a refusal comes to.</summary>
    public static ServerException Of(HttpStatusCode status, ProblemBody? problem, HttpAddress address)
    {
        string? detail = problem is null ? null : Shown.OneLine(problem.Detail);
        string sentence = status switch
        {
            HttpStatusCode.Unauthorized => $"{address} asks for a token, or does not know this one; put one into {HttpToken.Variable}, "
                + $"or into a file named by {HttpToken.FileVariable}",
            HttpStatusCode.Forbidden => $"{address}: the token may look, but not change anything; use one with the role operate",
            HttpStatusCode.RequestEntityTooLarge => $"{address}: the spec has more values than a request may have; "
                + "write axes with fewer values, or several sweeps",
            _ => detail ?? ((int)status is >= 300 and < 400
                ? $"{address} sends elsewhere; name the address that it sends to"
                : $"{address} answers with {(int)status} ({status}); {SeeAddress}"),
        };
        bool isTransient = status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable
            or HttpStatusCode.GatewayTimeout || (status is HttpStatusCode.BadGateway && problem is null);
        return new(sentence, null, isTransient);
    }

    private static string Clause(Exception fault) => Shown.OneLine(
        fault is OperationCanceledException or TimeoutException ? "no answer in time" : fault.Message.TrimEnd('.'));
}
