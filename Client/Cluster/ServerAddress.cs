using System.Text.RegularExpressions;
using Sweeps.Grains.Hosts.Postgres;

namespace Sweeps.Client.Cluster;

/// <summary>Where a cluster is reached, as users write it.</summary>
internal static partial class ServerAddress
{
    public const string Form = "postgresql://USER@HOST:PORT/DATABASE";

    /// <summary>One sentence with the remedy, without what may be a password; null if nothing is wrong.</summary>
    public static string? MistakeIn(string address)
    {
        if (Begins(address, "http://") || Begins(address, "https://"))
            return $"this is the address of a dashboard, which takes no requests yet; name the database: {Form}";
        return PostgresAddress.TryParse(address, out _, out string? mistake) ? null : mistake;
    }

    /// <summary>Whether there is a password in it, well written or not.</summary>
    public static bool HasPassword(string address) => PasswordBeforeHost().IsMatch(address) || PasswordByName().IsMatch(address);

    private static bool Begins(string address, string scheme) => address.StartsWith(scheme, StringComparison.OrdinalIgnoreCase);

    // user:password@; but host:5432/…@… is a port.
    [GeneratedRegex(@"^([^:/]+://)?[^:@/?]*:(?!(//|\d+([,/?]|$)))[^@]*@")]
    private static partial Regex PasswordBeforeHost();

    [GeneratedRegex(@"(^|[?&;\s])\s*\w*(password|passwd|pwd)\s*=", RegexOptions.IgnoreCase)]
    private static partial Regex PasswordByName();
}
