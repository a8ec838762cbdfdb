using System.Net;
using Sweeps.Compute.Devices;
using Sweeps.Grains.Hosts.Postgres;

namespace Sweeps.Silo.Settings;

/// <summary>How a silo runs; each value has been checked.</summary>
internal sealed record SiloSettings
{
    public static readonly TimeSpan UsualGrace = TimeSpan.FromSeconds(30);

    public static readonly TimeSpan UsualLostAfter = TimeSpan.FromSeconds(10);

    public required PostgresAddress Server { get; init; }

    /// <summary>An absolute path; there, and writable when it was checked.</summary>
    public required string Data { get; init; }

    public required DeviceChoice Device { get; init; }

    /// <summary>Null for all.</summary>
    public int? Threads { get; init; }

    /// <summary>How long a drain may take before chunks are handed back.</summary>
    public TimeSpan Grace { get; init; } = UsualGrace;

    /// <summary>Silence after which the silo's chunks are others'.</summary>
    public TimeSpan LostAfter { get; init; } = UsualLostAfter;

    /// <summary>Null: health is not told.</summary>
    public IPEndPoint? Health { get; init; }

    /// <summary>Null: it waits for work for ever.</summary>
    public TimeSpan? IdleExit { get; init; }

    public LogForm Log { get; init; }
}

/// <summary>How a log line looks.</summary>
internal enum LogForm
{
    Text,
    Json,
}
