using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace Sweeps.Grains.Hosts.Postgres;

/// <summary>
/// Where a cluster's database is: <c>postgresql://USER[:PASSWORD]@HOST[:PORT]/DATABASE[?PARAMETER=VALUE&amp;…]</c>, as for libpq. The password
/// leaves it in <see cref="ConnectionString"/> alone; without one, Npgsql looks in <c>PGPASSWORD</c>, <c>PGPASSFILE</c> and <c>~/.pgpass</c>.
/// </summary>
public sealed class PostgresAddress
{
    private const int DefaultPort = 5432;

    private readonly string user;
    private readonly string? password;
    private readonly string host;
    private readonly int port;
    private readonly string database;
    private readonly PostgresParameters parameters;

    private PostgresAddress(string user, string? password, string host, int port, string database, PostgresParameters parameters) =>
        (this.user, this.password, this.host, this.port, this.database, this.parameters) = (user, password, host, port, database, parameters);

    /// <summary>Whether the password is in the address, where it ends up in shell histories and lists of processes.</summary>
    public bool HasPassword => password is not null;

    /// <summary>Reads an address.</summary>
    /// <param name="text">What a user typed.</param>
    /// <param name="address">Null after a mistake.</param>
    /// <param name="mistake">
    /// One sentence with the remedy. It repeats nothing of the text that may be part of a password that was not percent-encoded.
    /// </param>
    public static bool TryParse(string text, [NotNullWhen(true)] out PostgresAddress? address, [NotNullWhen(false)] out string? mistake)
    {
        address = null;
        mistake = Read(text, ref address);
        return mistake is null;
    }

    /// <summary>What Npgsql needs: with the password, so never to be shown.</summary>
    public NpgsqlConnectionStringBuilder ConnectionString()
    {
        var settings = new NpgsqlConnectionStringBuilder
        {
            Username = user,
            Password = password,
            Host = parameters.Socket ?? host,
            Port = port,
            Database = database,
            Timeout = 5,
            CommandTimeout = 15,
            KeepAlive = 10,
            MaxPoolSize = 8,
            MaxAutoPrepare = 50,
            AutoPrepareMinUsages = 2,
            IncludeErrorDetail = false,
            // No turn leaves anything in its session: without this, each would begin with seven statements that undo nothing.
            NoResetOnClose = true,
            PersistSecurityInfo = false,
            ApplicationName = "sweeps",
            // Kerberos is not among the parameters: no library is loaded to ask for it.
            GssEncryptionMode = GssEncryptionMode.Disable,
        };
        parameters.Apply(settings);
        return settings;
    }

    /// <summary>For people: without password and files.</summary>
    public override string ToString()
    {
        string where = parameters.Socket is { } socket ? "" : host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;
        string portText = port == DefaultPort ? "" : FormattableString.Invariant($":{port}");
        string query = parameters.Socket is null ? "" : $"?host={parameters.Socket}";
        return $"postgresql://{Uri.EscapeDataString(user)}@{where}{portText}/{Uri.EscapeDataString(database)}{query}";
    }

    private static string? Read(string text, ref PostgresAddress? address)
    {
        const string Form = "write postgresql://USER@HOST:PORT/DATABASE";
        const string Encode = "in a password, % / ? # @ and : are written %25 %2F %3F %23 %40 and %3A";
        int scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0 || text[..scheme] is not ("postgresql" or "postgres")) return $"the address is not one of PostgreSQL; {Form}";
        if (text.Any(char.IsControl) || text.Contains(' ', StringComparison.Ordinal))
            return "the address has a space or a control character; write a space as %20";

        string rest = text[(scheme + 3)..];
        int end = rest.AsSpan().IndexOfAny('/', '?', '#');
        string authority = end < 0 ? rest : rest[..end], path = end < 0 ? "" : rest[end..];
        int at = authority.LastIndexOf('@');
        if (at < 0) return $"the address names no user; {Form}; {Encode}";
        string[] credentials = authority[..at].Split(':', 2);
        if (Decoded(credentials[0]) is not { Length: > 0 } user) return $"the address has no readable user; {Form}; {Encode}";
        string? password = credentials.Length < 2 || credentials[1].Length == 0 ? null : Decoded(credentials[1]);
        if (password is null && credentials.Length == 2 && credentials[1].Length > 0) return $"the password cannot be read; {Encode}";

        if (HostMistake(authority[(at + 1)..], out string host, out int port) is { } hostMistake) return $"{hostMistake}; {Form}; {Encode}";
        int question = path.IndexOf('?', StringComparison.Ordinal);
        string name = question < 0 ? path : path[..question];
        if (name.Length < 2 || Decoded(name[1..]) is not { } database || database.AsSpan().IndexOfAny('/', '#') >= 0)
            return $"the address names no database; {Form}; {Encode}";
        if (!PostgresParameters.TryParse(question < 0 ? "" : path[(question + 1)..], Decoded, out var parameters, out string? mistake))
            return mistake;
        if (parameters.Socket is not null && host.Length > 0)
            return "the address has a host and a socket folder; leave out the one before the database or host=";
        if (parameters.Socket is null && host.Length == 0) return $"the address names no host; {Form}, or add ?host=/FOLDER for a Unix socket";

        address = new(user, password, host, port, database, parameters);
        return null;
    }

    private static string? HostMistake(string text, out string host, out int port)
    {
        (host, port) = ("", DefaultPort);
        int colon = text.LastIndexOf(':'), bracket = text.LastIndexOf(']');
        bool hasPort = colon > bracket;
        string name = hasPort ? text[..colon] : text;
        if (hasPort && (!int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > 65535))
            return "the port is not a number from 1 to 65535";
        if (name.StartsWith('[') && name.EndsWith(']'))
        {
            host = name[1..^1];
            return IPAddress.TryParse(host, out var ip) && ip.AddressFamily is AddressFamily.InterNetworkV6
                ? null : "what is in brackets is no IPv6 address";
        }
        host = name;
        if (name.Contains(',', StringComparison.Ordinal)) return "the address names several hosts, and a cluster has one database";
        return name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_') ? null
            : "the host is not a name or an address (IPv6 goes in brackets)";
    }

    // Percent-decoded; null where that cannot be done, or gives a control character.
    private static string? Decoded(string text)
    {
        for (int i = text.IndexOf('%', StringComparison.Ordinal); i >= 0; i = text.IndexOf('%', i + 1))
            if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2])) return null;
        string decoded = Uri.UnescapeDataString(text);
        // What is no UTF-8 stays encoded, and would be taken for another name.
        bool whole = Encoding.UTF8.GetByteCount(decoded) == Encoding.UTF8.GetByteCount(text) - 2 * text.Count(letter => letter == '%');
        return whole && !decoded.Any(char.IsControl) ? decoded : null;
    }
}
