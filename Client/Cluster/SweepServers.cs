using Sweeps.Grains.Hosts;
using Sweeps.Grains.Hosts.Postgres;

namespace Sweeps.Client.Cluster;

/// <summary>The servers that this program can reach: databases, and dashboards.</summary>
/// <param name="time">Of waits.</param>
/// <param name="variable">Value of an environment variable; null where it is not set.</param>
internal sealed class SweepServers(TimeProvider time, Func<string, string?> variable) : ISweepServers
{
    /// <inheritdoc/>
    public async Task<ISweepServer> OpenAsync(string address, CancellationToken cancellation)
    {
        if (HttpAddress.IsMeant(address))
        {
            if (!HttpAddress.TryParse(address, out var dashboard, out string? wrong)) throw new ServerException(wrong);
            var token = HttpToken.Read(dashboard, variable);
            return token.IsRight ? new HttpSweepServer(dashboard, token.Value, time) : throw new ServerException(token.Mistakes[0]);
        }
        return PostgresAddress.TryParse(address, out var known, out string? mistake)
            ? await PostgresSweepServer.OpenAsync(known, time, cancellation).ConfigureAwait(false)
            : throw new ServerException(mistake);
    }
}
