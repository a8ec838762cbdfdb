using System.Net.Sockets;
using Npgsql;

namespace Sweeps.Grains.Hosts.Postgres;

/// <summary>What a failure of the database is: one that goes away by itself, or a sentence for people.</summary>
internal static class PostgresFaults
{
    /// <summary>Whether the same call may succeed later: the connection broke, the server restarts, is full, or chose this turn to break a deadlock.</summary>
    public static bool IsTransient(Exception fault) => fault switch
    {
        // The server cut off a turn that would have held up others: of a frozen process, or one that waited long for a lock or the disk.
        PostgresException { SqlState: "25P03" or PostgresErrorCodes.QueryCanceled } => true,
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } => false,
        NpgsqlException known => known.IsTransient || known.InnerException is SocketException or IOException or TimeoutException
            && known.InnerException is not System.Security.Authentication.AuthenticationException,
        SocketException or TimeoutException => true,
        _ => false,
    };

    /// <summary>Null if the exception does not come from the database.</summary>
    public static ServerException? Of(Exception fault, PostgresAddress address)
    {
        string? sentence = fault switch
        {
            PostgresException { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.UndefinedColumn } =>
                $"{address} has no schema of this version; bring it up to date with 'sweeps-silo migrate'",
            PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } denied =>
                $"{address}: {denied.MessageText}; use a role that may (deploy/postgres/roles.sql)",
            PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } denied =>
                $"{address}: {denied.MessageText}; see to user and password (SWEEPS_SERVER_FILE or PGPASSFILE)",
            PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } missing => $"{address}: {missing.MessageText}; create it, or name another",
            PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } full =>
                $"{address} has no connection left ({full.MessageText}); end some, or raise max_connections (deploy/README.md says how many are safe)",
            PostgresException other => $"{address}: {other.MessageText} (SQLSTATE {other.SqlState})",
            NpgsqlException { InnerException: System.Security.Authentication.AuthenticationException refused } =>
                $"{address}: the server's certificate is not trusted ({refused.Message.TrimEnd('.')}); see to sslrootcert and the host's name",
            NpgsqlException { InnerException: { } inner } => $"{address} cannot be reached: {inner.Message.TrimEnd('.')}; see whether the server runs",
            NpgsqlException other => $"{address}: {other.Message.TrimEnd('.')}",
            SocketException or TimeoutException => $"{address} cannot be reached: {fault.Message.TrimEnd('.')}; see whether the server runs",
            _ => null,
        };
        return sentence is null ? null : new ServerException(sentence.ReplaceLineEndings(" "), fault, IsTransient(fault));
    }
}
