using System.Collections.Immutable;

namespace Sweeps.Grains.Hosts;

/// <summary>A worker process of a cluster.</summary>
/// <param name="Name">Host, and a random end that makes it unique.</param>
/// <param name="SoftwareVersion">Its version.</param>
/// <param name="Data">Its data folder, under which the datasets are.</param>
/// <param name="State"><c>working</c>, <c>draining</c> or <c>lost</c>.</param>
/// <param name="StartedAt">Database clock.</param>
/// <param name="HeardAt">Last heartbeat, database clock.</param>
/// <param name="Lanes">One per device.</param>
public sealed record ServerSilo(
    string Name, string SoftwareVersion, string Data, string State, DateTimeOffset StartedAt, DateTimeOffset HeardAt, ImmutableArray<ServerLane> Lanes);

/// <summary>A lane of a silo.</summary>
/// <param name="Worker">Its key: the silo's name and the lane's number.</param>
/// <param name="Device">For people.</param>
/// <param name="Sweep">Id of the sweep that it works on; null if none.</param>
/// <param name="PointsPerSecond">Of the chunks that it settled in the last minute; null if there are none.</param>
public sealed record ServerLane(string Worker, string Device, string? Sweep, double? PointsPerSecond);
