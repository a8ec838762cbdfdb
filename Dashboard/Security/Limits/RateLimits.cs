using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Sweeps.Dashboard.Security.Answers;

namespace Sweeps.Dashboard.Security.Limits;

/// <summary>Puts <see cref="RequestLimits"/> before the routes.</summary>
internal static class RateLimits
{
    // A stream ends when somebody leaves, and nobody knows when that is.
    private static readonly TimeSpan WhenStreamMayBeFree = TimeSpan.FromSeconds(30);

    /// <summary>The limiter of all requests, for the caller to dispose.</summary>
    public static PartitionedRateLimiter<HttpContext> Of(RequestLimits limits) => PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<HttpContext, string>(context => CrossSiteRequests.IsSafe(context.Request.Method)
            ? Bucket($"read {ClientAddress.Of(context)}", limits.Reads)
            : Bucket($"write {ClientAddress.Of(context)}", limits.Writes)),
        PartitionedRateLimiter.Create<HttpContext, string>(context => EventStreams.IsOne(context)
            ? Places(ClientAddress.Of(context), limits.StreamsOfAddress)
            : RateLimitPartition.GetNoLimiter("")),
        PartitionedRateLimiter.Create<HttpContext, string>(context => EventStreams.IsOne(context)
            ? Places("all", limits.Streams)
            : RateLimitPartition.GetNoLimiter("")));

    public static async ValueTask RefuseAsync(OnRejectedContext rejected, CancellationToken cancellation) => await RefusedAnswer.WriteAsync(
        rejected.HttpContext, StatusCodes.Status429TooManyRequests, "This is more than one address may ask for at once.",
        rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : WhenStreamMayBeFree).ConfigureAwait(false);

    private static RateLimitPartition<string> Bucket(string key, RequestRate rate) => RateLimitPartition.GetTokenBucketLimiter(
        key, _ => new()
        {
            TokenLimit = rate.AtOnce,
            TokensPerPeriod = rate.PerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            AutoReplenishment = false, // the partition sees to it
        });

    private static RateLimitPartition<string> Places(string key, int places) =>
        RateLimitPartition.GetConcurrencyLimiter(key, _ => new() { PermitLimit = places });
}
