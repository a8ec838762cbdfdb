using Sweeps.Dashboard;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Specs;

namespace Sweeps.Client.Cluster;

/// <summary>The token that a dashboard asks for: SWEEPS_TOKEN, or the first line of the file that SWEEPS_TOKEN_FILE names.</summary>
/// <param name="Secret">Null if none is given. Never to be shown.</param>
internal sealed record HttpToken(string? Secret)
{
    public const string Variable = "SWEEPS_TOKEN", FileVariable = "SWEEPS_TOKEN_FILE";

    private const int Longest = 4096;

    /// <summary>Reads the token for an address; where it would be read by others on the way, it is not given out.</summary>
    /// <param name="address">Whom it is for.</param>
    /// <param name="valueOf">Value of an environment variable; null where it is not set.</param>
    public static Checked<HttpToken> Read(HttpAddress address, Func<string, string?> valueOf)
    {
        string source = Variable;
        string? secret = valueOf(Variable) is { Length: > 0 } given ? given : null;
        if (valueOf(FileVariable) is { Length: > 0 } file)
        {
            if (secret is not null)
                return Checked<HttpToken>.Wrong($"{FileVariable}: the token is given by {Variable} as well; unset one of the two");
            if (!SecretFile.TryReadToken(file, out secret, out string? mistake)) return Checked<HttpToken>.Wrong($"{FileVariable}: {mistake}");
            source = $"{FileVariable} ({Shown.OneLine(file)})";
        }
        if (secret is null) return Checked<HttpToken>.Right(new((string?)null));
        if (secret.Length > Longest || !secret.All(letter => char.IsAsciiLetterOrDigit(letter) || "-._~+/=".Contains(letter)))
            return Checked<HttpToken>.Wrong($"{source} is no token; it has letters, digits and -._~+/= alone, "
                + "as the dashboard was given it");
        return address.IsReadableOnTheWay
            ? Checked<HttpToken>.Wrong($"the token would go over the network for everybody to read; use https:// for {address.Root.Host}, "
                + $"or a tunnel to it and http://localhost, or unset {Variable} and {FileVariable}")
            : Checked<HttpToken>.Right(new(secret));
    }
}
