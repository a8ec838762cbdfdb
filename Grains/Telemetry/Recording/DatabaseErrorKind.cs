using Npgsql;

namespace Sweeps.Grains.Telemetry.Recording;

/// <summary>Why the database did not do what it was asked.</summary>
public enum DatabaseErrorKind
{
    /// <summary>Not there, gone in the middle, or going down.</summary>
    Connection,

    /// <summary>No answer in time; a turn that the server cut off.</summary>
    Timeout,

    /// <summary>A deadlock or a serialization failure, broken at this turn's cost.</summary>
    Conflict,

    /// <summary>Connections, memory or disk are used up.</summary>
    Full,

    /// <summary>User, password, certificate or right.</summary>
    Denied,

    /// <summary>A schema of another version, or none.</summary>
    Schema,

    Other,
}

public static class DatabaseErrorKinds
{
    /// <summary>By the class of the server's SQLSTATE, or by what broke on the way to it.</summary>
    public static DatabaseErrorKind Of(Exception fault) => fault switch
    {
        PostgresException { SqlState: "57014" or "25P03" or "55P03" } or TimeoutException => DatabaseErrorKind.Timeout,
        PostgresException { SqlState: ['4', '0', ..] } => DatabaseErrorKind.Conflict,
        PostgresException { SqlState: ['5', '3', ..] } => DatabaseErrorKind.Full,
        PostgresException { SqlState: ['2', '8', ..] or "42501" } => DatabaseErrorKind.Denied,
        PostgresException { SqlState: "42P01" or "42703" or "3F000" or "3D000" or "42883" } => DatabaseErrorKind.Schema,
        PostgresException { SqlState: ['0', '8', ..] or ['5', '7', 'P', ..] } => DatabaseErrorKind.Connection,
        PostgresException => DatabaseErrorKind.Other,
        System.Security.Authentication.AuthenticationException => DatabaseErrorKind.Denied,
        System.Net.Sockets.SocketException or IOException => DatabaseErrorKind.Connection,
        NpgsqlException { InnerException: { } inner } => Of(inner),
        NpgsqlException { IsTransient: true } => DatabaseErrorKind.Connection,
        _ => DatabaseErrorKind.Other,
    };
}
