using System.Collections.Immutable;
using System.ComponentModel;
using Sweeps.Grains.Hosts;

namespace Sweeps.Dashboard.Api.Bodies;

/// <summary>A worker process of a cluster, as in <c>sweeps list --silos --json</c>.</summary>
internal sealed record SiloBody
{
    public required string Silo { get; init; }

    [Description("working, draining or lost.")]
    public required string State { get; init; }

    public required string SoftwareVersion { get; init; }

    [Description("Its data folder.")]
    public required string Data { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset HeardAt { get; init; }

    public required ImmutableArray<LaneBody> Lanes { get; init; }

    public ServerSilo ToSilo() => new(
        Silo, SoftwareVersion, Data, State, StartedAt, HeardAt,
        [.. Lanes.Select(lane => new ServerLane(lane.Worker, lane.Device, lane.Sweep, lane.PointsPerSecond))]);
}

/// <summary>A lane of a silo.</summary>
internal sealed record LaneBody
{
    public required string Worker { get; init; }

    public required string Device { get; init; }

    [Description("Id of the sweep that it works on; null if none.")]
    public required string? Sweep { get; init; }

    [Description("Of the chunks that it settled in the last minute; null if there are none.")]
    public required double? PointsPerSecond { get; init; }
}

/// <summary>The silos of a cluster.</summary>
internal sealed record SiloListBody
{
    public required ImmutableArray<SiloBody> Silos { get; init; }
}
