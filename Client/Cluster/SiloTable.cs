using System.Collections.Immutable;
using Sweeps.Client.Display;
using Sweeps.Client.Shell;
using Sweeps.Dashboard.Display;
using Sweeps.Dashboard.Status;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Specs;

namespace Sweeps.Client.Cluster;

/// <summary>Silos of a cluster, a row for each lane.</summary>
internal static class SiloTable
{
    private static readonly string[] Headers = ["silo", "device", "sweep", "rate", "state", "last heard", "version", "data"];

    public static void Write(Terminal terminal, ImmutableArray<ServerSilo> silos)
    {
        var leftOut = TextTable.WriteFitting(terminal, Headers, [.. silos.SelectMany(Rows)], _ => false);
        if (leftOut.Count > 0) terminal.Say($"too wide for this terminal: {string.Join(", ", leftOut)}; see them with --json");
        ServerSilo[] alive = [.. silos.Where(silo => silo.State != ServerSiloStates.Lost)];
        int lanes = alive.Sum(silo => silo.Lanes.Length), busy = alive.Sum(silo => silo.Lanes.Count(lane => lane.Sweep is not null));
        terminal.Say($"{Numbers.Counted(alive.Length, "silo")} with {Numbers.Counted(lanes, "lane")}, {Numbers.Count(busy)} at work");
    }

    private static IEnumerable<string[]> Rows(ServerSilo silo) => silo.Lanes.IsEmpty
        ? [Row(silo, null)]
        : silo.Lanes.Select(lane => Row(silo, lane));

    private static string[] Row(ServerSilo silo, ServerLane? lane) =>
    [
        Shown.OneLine(silo.Name), Shown.OneLine(lane?.Device ?? "–"), Shown.OneLine(lane?.Sweep ?? "–"),
        Numbers.RateOrDash(lane?.PointsPerSecond), Shown.OneLine(silo.State),
        UtcTime.Text(silo.HeardAt), Shown.OneLine(silo.SoftwareVersion), Shown.OneLine(silo.Data),
    ];
}
