using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Npgsql;

namespace Sweeps.Grains.Hosts.Postgres;

/// <summary>What stands behind the question mark of a <see cref="PostgresAddress"/>.</summary>
internal sealed class PostgresParameters
{
    private static readonly Dictionary<string, SslMode> Modes = new()
    {
        ["disable"] = SslMode.Disable,
        ["prefer"] = SslMode.Prefer,
        ["require"] = SslMode.Require,
        ["verify-ca"] = SslMode.VerifyCA,
        ["verify-full"] = SslMode.VerifyFull,
    };

    private static readonly string[] Known =
        ["host", "sslmode", "sslrootcert", "sslcert", "sslkey", "passfile", "application_name", "connect_timeout", "pool_size"];

    private readonly Dictionary<string, string> values = [];

    /// <summary>Folder of the server's Unix socket; null for TCP.</summary>
    public string? Socket => values.GetValueOrDefault("host");

    public static bool TryParse(
        string query, Func<string, string?> decode,
        [NotNullWhen(true)] out PostgresParameters? parameters, [NotNullWhen(false)] out string? mistake)
    {
        var read = new PostgresParameters();
        mistake = read.Take(query, decode) ?? read.Mistake();
        parameters = mistake is null ? read : null;
        return mistake is null;
    }

    public void Apply(NpgsqlConnectionStringBuilder settings)
    {
        settings.SslMode = Mode;
        if (values.TryGetValue("sslrootcert", out var root)) settings.RootCertificate = root;
        if (values.TryGetValue("sslcert", out var certificate)) settings.SslCertificate = certificate;
        if (values.TryGetValue("sslkey", out var key)) settings.SslKey = key;
        if (values.TryGetValue("passfile", out var passfile)) settings.Passfile = passfile;
        if (values.TryGetValue("application_name", out var name)) settings.ApplicationName = name;
        if (Number("connect_timeout") is { } seconds) settings.Timeout = seconds;
        if (Number("pool_size") is { } size) settings.MaxPoolSize = size;
    }

    private SslMode Mode => values.TryGetValue("sslmode", out var mode) ? Modes[mode] : SslMode.Prefer;

    private int? Number(string name) =>
        values.TryGetValue(name, out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number : null;

    private string? Take(string query, Func<string, string?> decode)
    {
        if (query.Length == 0) return null;
        foreach (string pair in query.Split('&'))
        {
            string[] sides = pair.Split('=', 2);
            // What is no plausible name may be the end of a password: it is not repeated.
            string name = sides[0];
            if (!Known.Contains(name))
                return (name.Length is > 0 and <= 30 && name.All(letter => char.IsAsciiLetterLower(letter) || letter == '_')
                    ? $"the address has an unknown parameter '{name}'" : "the address has an unknown parameter")
                    + $"; there are {string.Join(", ", Known)}";
            if (sides.Length < 2 || decode(sides[1]) is not { Length: > 0 } value) return $"the address' parameter '{name}' has no readable value";
            if (!values.TryAdd(name, value)) return $"the address has '{name}' twice";
        }
        return null;
    }

    private string? Mistake()
    {
        if (values.TryGetValue("sslmode", out var mode) && !Modes.ContainsKey(mode))
            return $"the address' sslmode is none of {string.Join(", ", Modes.Keys)}";
        if (Socket is { } socket && !socket.StartsWith('/')) return "the address' parameter 'host' is no folder of a Unix socket, from / on";
        if (values.ContainsKey("sslrootcert") && Mode is not (SslMode.VerifyCA or SslMode.VerifyFull))
            return "sslrootcert has an effect with sslmode=verify-ca or verify-full alone; say sslmode=verify-full";
        if (values.ContainsKey("sslkey") && !values.ContainsKey("sslcert")) return "sslkey belongs to a certificate; add sslcert=FILE";
        foreach (string name in (string[])["connect_timeout", "pool_size"])
            if (values.ContainsKey(name) && Number(name) is not (>= 1 and <= 1000))
                return $"the address' parameter '{name}' is not a number from 1 to 1000";
        return null;
    }
}
