using System.Globalization;
using System.Text;
using OpenTelemetry.Metrics;

namespace Sweeps.Grains.Telemetry.Exposition;

/// <summary>What is the same of a metric in every scrape.</summary>
internal sealed class MetricFamily
{
    private readonly byte[] textHead;
    private readonly byte[] openHead;
    private string[] bounds = [];

    public MetricFamily(Metric metric)
    {
        Kind = metric.MetricType switch
        {
            MetricType.LongSum or MetricType.DoubleSum => "counter",
            MetricType.Histogram => "histogram",
            MetricType.ExponentialHistogram => null, // the text formats have no words for it
            _ => "gauge",
        };
        Name = PrometheusName.Of(metric.Name, metric.Unit ?? "", Kind == "counter");
        Sample = Encoding.UTF8.GetBytes(Name.Sample);
        string help = metric.Description ?? "";
        textHead = Encoding.UTF8.GetBytes(
            (help.Length == 0 ? "" : $"# HELP {Name.Sample} {Escaping.Help(help, ExpositionFormat.PrometheusText)}\n")
            + $"# TYPE {Name.Sample} {Kind}\n");
        openHead = Encoding.UTF8.GetBytes($"# TYPE {Name.Family} {Kind}\n"
            + (Name.Unit.Length == 0 ? "" : $"# UNIT {Name.Family} {Name.Unit}\n")
            + (help.Length == 0 ? "" : $"# HELP {Name.Family} {Escaping.Help(help, ExpositionFormat.OpenMetrics)}\n"));
    }

    public PrometheusName Name { get; }

    /// <summary><c>counter</c>, <c>gauge</c> or <c>histogram</c>; null for what cannot be written.</summary>
    public string? Kind { get; }

    /// <summary>What the lines of its series begin with.</summary>
    public byte[] Sample { get; }

    /// <summary>The lines before its series.</summary>
    public byte[] HeadIn(ExpositionFormat format) => format == ExpositionFormat.OpenMetrics ? openHead : textHead;

    /// <summary>
    /// The bound of a bucket as the label <c>le</c> spells it. OpenMetrics wants a point in it; Prometheus' text gets the same, so that a
    /// series is the same in both.
    /// </summary>
    public string BoundAt(int index, double bound)
    {
        if (index >= bounds.Length) Array.Resize(ref bounds, index + 1);
        return bounds[index] ??= double.IsPositiveInfinity(bound) ? "+Inf" : WithPoint(bound.ToString(CultureInfo.InvariantCulture));
    }

    private static string WithPoint(string number) => number.AsSpan().ContainsAny('.', 'E', 'N') ? number : number + ".0";
}
