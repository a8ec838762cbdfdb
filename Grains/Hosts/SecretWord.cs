using System.Text.RegularExpressions;

namespace Sweeps.Grains.Hosts;

/// <summary>Words of a command line that no message repeats: an address may hold a password, wherever it stands.</summary>
public static partial class SecretWord
{
    /// <summary>Whether it is an address, or has a password as addresses have it.</summary>
    public static bool Is(string word) => word.Contains("://", StringComparison.Ordinal) || HasPassword(word);

    /// <summary>Whether there is a password in an address, well written or not.</summary>
    public static bool HasPassword(string address) => PasswordBeforeHost().IsMatch(address) || PasswordByName().IsMatch(address);

    /// <summary>The word in quotes, or what it is if it may be secret.</summary>
    public static string Shown(string word, int length = 40) => Is(word) ? "an address" : Specs.Shown.As(word, length);

    // user:password@; but host:5432/…@… is a port.
    [GeneratedRegex(@"^([^:/]+://)?[^:@/?]*:(?!(//|\d+([,/?]|$)))[^@]*@")]
    private static partial Regex PasswordBeforeHost();

    [GeneratedRegex(@"(^|[?&;\s])\s*\w*(password|passwd|pwd)\s*=", RegexOptions.IgnoreCase)]
    private static partial Regex PasswordByName();
}
