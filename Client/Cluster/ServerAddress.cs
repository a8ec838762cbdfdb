using System.Text.RegularExpressions;

namespace Sweeps.Client.Cluster;

/// <summary>Where a cluster is reached, as users write it: <c>postgresql://USER@HOST/DATABASE</c>.</summary>
internal static partial class ServerAddress
{
    public const string Form = "postgresql://USER@HOST/DATABASE";

    /// <summary>What is wrong, as the rest of a sentence, without a word of the address, which may hold a password; null if nothing is.</summary>
    public static string? MistakeIn(string address)
    {
        if (Begins(address, "postgresql://") || Begins(address, "postgres://")) return null;
        if (Begins(address, "http://") || Begins(address, "https://"))
            return $"names a dashboard, and dashboards do not take requests yet; name the database: {Form}";
        return $"is no server's address; write {Form}";
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
