using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Sweeps.Dashboard.Security.Limits;

/// <summary>What a connection may cost before anything of ours looks at its request.</summary>
internal static class ConnectionLimits
{
    private const int MostConnections = 4000;

    public static void Apply(KestrelServerLimits kestrel, RequestLimits limits)
    {
        kestrel.MaxRequestBodySize = limits.BodyBytes;
        kestrel.MaxConcurrentConnections = MostConnections;
        kestrel.MaxRequestLineSize = 8 << 10;
        kestrel.MaxRequestHeadersTotalSize = 16 << 10;
        kestrel.MaxRequestHeaderCount = 64;
        kestrel.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        kestrel.MinRequestBodyDataRate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(10));
    }
}
