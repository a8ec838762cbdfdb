using Sweeps.Grains.Hosts.Postgres;

namespace Sweeps.Client.Cluster;

/// <summary>Where a cluster is reached, as users write it.</summary>
internal static class ServerAddress
{
    /// <summary>Of the database.</summary>
    public const string Form = "postgresql://USER@HOST:PORT/DATABASE";

    /// <summary>One sentence with the remedy, without what may be a password; null if nothing is wrong.</summary>
    public static string? MistakeIn(string address)
    {
        if (HttpAddress.IsMeant(address)) return HttpAddress.TryParse(address, out _, out string? wrong) ? null : wrong;
        return PostgresAddress.TryParse(address, out _, out string? mistake) ? null : mistake;
    }
}
