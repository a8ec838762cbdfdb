using System.Diagnostics.CodeAnalysis;

namespace Sweeps.Client.Cluster;

/// <summary>Where a dashboard's API is: <c>http(s)://HOST[:PORT][/PATH]</c>.</summary>
internal sealed class HttpAddress
{
    public const string Form = "https://HOST:PORT";

    private HttpAddress(Uri root) => Root = root;

    /// <summary>Ends in a slash; what is asked for is added to it.</summary>
    public Uri Root { get; }

    /// <summary>Whether what is sent can be read on the way.</summary>
    public bool IsReadableOnTheWay => Root.Scheme == Uri.UriSchemeHttp && !Root.IsLoopback;

    /// <summary>Whether it looks like one, right or wrong.</summary>
    public static bool IsMeant(string text) =>
        text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads an address.</summary>
    /// <param name="text">What a user typed.</param>
    /// <param name="address">Null after a mistake.</param>
    /// <param name="mistake">One sentence with the remedy, which repeats nothing that may be a secret.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out HttpAddress? address, [NotNullWhen(false)] out string? mistake)
    {
        address = null;
        mistake = Read(text, ref address);
        return mistake is null;
    }

    public override string ToString() => Root.ToString().TrimEnd('/');

    private static string? Read(string text, ref HttpAddress? address)
    {
        if (text.Any(char.IsControl) || text.Contains(' ', StringComparison.Ordinal) || text.Contains('\\', StringComparison.Ordinal))
            return $"the address has a space, a backslash or a control character; write {Form}";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0) return $"the address is no URL; write {Form}";
        if (text.Contains('@', StringComparison.Ordinal))
            return $"the address has a user or a token in it; write {Form}, and put the token into {HttpToken.Variable}, "
                + $"or into a file named by {HttpToken.FileVariable}";
        if (uri.Query.Length > 0 || uri.Fragment.Length > 0 || text.AsSpan().IndexOfAny('?', '#') >= 0)
            return $"the address has something behind a '?' or a '#'; write {Form} alone";
        address = new(new Uri(uri.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/"));
        return null;
    }
}
