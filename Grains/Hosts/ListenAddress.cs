using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Sweeps.Grains.Hosts;

/// <summary>An address to listen on, as users write it: <c>127.0.0.1:8090</c>, <c>[::1]:8090</c>, <c>localhost:8090</c>.</summary>
public static class ListenAddress
{
    /// <summary>What to say to whoever wrote another, where this machine alone may be served.</summary>
    public const string LocalRemedy = "write one with its port, as in 127.0.0.1:8090";

    /// <summary>What to say to whoever wrote another.</summary>
    public const string Remedy = LocalRemedy + ", or 0.0.0.0:8090 for all of this machine's";

    /// <param name="given">As written.</param>
    /// <param name="address">Port 0 is any.</param>
    public static bool TryParse(string given, [NotNullWhen(true)] out IPEndPoint? address)
    {
        address = null;
        string text = given.StartsWith("localhost:", StringComparison.Ordinal) ? "127.0.0.1" + given[9..] : given;
        // Without a port the framework would take 0, and nobody would know where to ask.
        bool hasPort = text.LastIndexOf(':') is var colon and > 0
            && (text[colon - 1] == ']' || !text[..colon].Contains(':', StringComparison.Ordinal));
        return hasPort && IPEndPoint.TryParse(text, out address);
    }
}
