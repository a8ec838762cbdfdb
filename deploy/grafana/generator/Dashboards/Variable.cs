using System.Text.Json.Nodes;
using Sweeps.Grafana.Panels;
using Sweeps.Grafana.Queries;
using Sweeps.Grains.Telemetry.Declarations;

namespace Sweeps.Grafana.Dashboards;

/// <summary>What a dashboard lets its reader choose.</summary>
internal sealed record Variable(string Name, JsonObject Json)
{
    /// <summary>Everything, without asking which there are.</summary>
    private const string Any = ".+";

    /// <summary>Which Prometheus.</summary>
    public static Variable DataSource() => new("datasource", new()
    {
        ["name"] = "datasource",
        ["label"] = "Prometheus",
        ["type"] = "datasource",
        ["query"] = "prometheus",
        ["regex"] = "",
        ["refresh"] = 1,
        ["hide"] = 0,
        ["includeAll"] = false,
        ["multi"] = false,
        ["skipUrlSync"] = false,
    });

    /// <summary>One cluster: figures of several cannot be taken together.</summary>
    public static Variable Cluster() => OfValues(
        "job", "Cluster", "All silos of a cluster are one job of Prometheus.",
        new(Metric.From(ClusterInstruments.Housekeeping), []), Metric.Job, isMany: false);

    /// <summary>One sweep, of those that were reported in the time shown.</summary>
    public static Variable Sweep() => OfValues(
        "sweep", "Sweep", "Of those that went on in the time shown.", Selector.Of(ClusterInstruments.Phase), MetricLabels.Sweep,
        isMany: false);

    /// <summary>Some silos or all, by the address that Prometheus asks.</summary>
    public static Variable Silo() => OfValues(
        "silo", "Silo", "By the address that Prometheus asks.", Selector.Of(LaneInstruments.Lanes), Metric.Instance, isMany: true);

    /// <summary>Some kinds of device or all.</summary>
    public static Variable Device() => OfValues(
        "device", "Kind of device", "Of lanes; auto: of one that chooses for each point.",
        Selector.Of(LaneInstruments.Lanes), MetricLabels.DeviceKind, isMany: true);

    private static Variable OfValues(string name, string title, string about, Selector metric, string label, bool isMany)
    {
        JsonObject json = new()
        {
            ["name"] = name,
            ["label"] = title,
            ["description"] = about,
            ["type"] = "query",
            ["datasource"] = Target.Source(),
            ["query"] = new JsonObject
            {
                ["qryType"] = 1,
                ["query"] = $"label_values({metric.Text()}, {metric.Label(label)})",
                ["refId"] = "PrometheusVariableQueryEditor-VariableQuery",
            },
            ["regex"] = "",
            // Whenever the time shown changes.
            ["refresh"] = 2,
            // By name, upwards.
            ["sort"] = 1,
            ["hide"] = 0,
            ["includeAll"] = isMany,
            ["multi"] = isMany,
            ["skipUrlSync"] = false,
        };
        if (isMany)
        {
            json["allValue"] = Any;
            json["current"] = new JsonObject { ["selected"] = true, ["text"] = new JsonArray("All"), ["value"] = new JsonArray("$__all") };
        }
        return new(name, json);
    }
}
