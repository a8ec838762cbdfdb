using System.Collections.Immutable;

namespace Sweeps.Grafana.Dashboards;

/// <summary>All dashboards, and how they lead to one another.</summary>
internal static class Catalogue
{
    public const string SweepUid = "sweeps-sweep", FleetUid = "sweeps-fleet", DeviceUid = "sweeps-device",
        PostgresUid = "sweeps-postgresql";

    public static ImmutableArray<Dashboard> All { get; } =
        [SweepDashboard.Dashboard, FleetDashboard.Dashboard, DeviceDashboard.Dashboard, PostgresDashboard.Dashboard];

    /// <summary>To a dashboard, with the same cluster, the time shown and a variable chosen.</summary>
    /// <param name="uid">Whose.</param>
    /// <param name="variable">Which variable.</param>
    /// <param name="value">Grafana's expression for its value.</param>
    public static string Url(string uid, string variable, string value) =>
        $"/d/{uid}?${{datasource:queryparam}}&${{job:queryparam}}&var-{variable}={value}&${{__url_time_range}}";
}
