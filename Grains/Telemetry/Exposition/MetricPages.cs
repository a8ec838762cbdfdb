using System.Buffers;
using System.Runtime.InteropServices;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Sweeps.Grains.Telemetry.Exposition;

/// <summary>
/// Writes what a reader has collected: families by name, series by labels, no timestamps, no <c>_created</c> series (Prometheus would keep
/// them as series of their own), no labels of the scope (all names here begin with it). Of two metrics with one name the first stays.
/// </summary>
[ExportModes(ExportModes.Pull)]
internal sealed class MetricPages : BaseExporter<Metric>, IPullMetricExporter
{
    private readonly Dictionary<Metric, MetricFamily> families = [];
    private readonly List<(MetricFamily Family, Metric Metric)> found = [];
    private readonly List<Series> series = [];
    private readonly HashSet<string> taken = [];
    private readonly LabelText labels = new();
    private string? target;

    /// <inheritdoc/>
    public Func<int, bool>? Collect { get; set; }

    /// <summary>Where the next page goes.</summary>
    public (IBufferWriter<byte> Output, ExpositionFormat Format)? Next { get; set; }

    /// <inheritdoc/>
    public override ExportResult Export(in Batch<Metric> batch)
    {
        if (Next is not var (output, format)) return ExportResult.Failure;
        Next = null;
        found.Clear();
        foreach (var metric in batch)
        {
            if (!families.TryGetValue(metric, out var family)) families.Add(metric, family = new(metric));
            if (family.Kind is not null) found.Add((family, metric));
        }
        found.Sort(static (one, other) =>
            string.CompareOrdinal(one.Family.Name.Family, other.Family.Name.Family) is not 0 and var byName
                ? byName : string.CompareOrdinal(one.Metric.MeterName, other.Metric.MeterName));
        var text = new ExpositionText(output);
        WriteTarget(ref text, format);
        taken.Clear();
        foreach (var (family, metric) in found) Write(ref text, family, metric, format);
        if (format == ExpositionFormat.OpenMetrics) text.Append("# EOF\n"u8);
        text.End();
        return ExportResult.Success;
    }

    private void WriteTarget(ref ExpositionText text, ExpositionFormat format)
    {
        target ??= labels.Of(ParentProvider.GetResource().Attributes);
        if (target.Length == 0) return;
        text.Append(format == ExpositionFormat.OpenMetrics
            ? "# TYPE target info\n# HELP target What is measured.\n"u8
            : "# HELP target_info What is measured.\n# TYPE target_info gauge\n"u8);
        text.Append("target_info"u8);
        WriteLabels(ref text, target);
        text.Append(" 1\n"u8);
    }

    private void Write(ref ExpositionText text, MetricFamily family, Metric metric, ExpositionFormat format)
    {
        series.Clear();
        foreach (ref readonly var point in metric.GetMetricPoints()) series.Add(new(labels.Of(point.Tags), point));
        if (series.Count == 0) return;
        // A counter a and a gauge a_total would be two in one format, and one in the other.
        bool isNew = taken.Add(family.Name.Family);
        if (family.Name.Sample != family.Name.Family) isNew &= taken.Add(family.Name.Sample);
        if (!isNew) return;
        series.Sort(static (one, other) => string.CompareOrdinal(one.Labels, other.Labels));
        text.Append(family.HeadIn(format));
        foreach (var one in CollectionsMarshal.AsSpan(series))
        {
            if (family.Kind == "histogram")
            {
                WriteHistogram(ref text, family, one);
                continue;
            }
            WriteName(ref text, family, [], one);
            switch (metric.MetricType)
            {
                case MetricType.LongSum or MetricType.LongSumNonMonotonic:
                    text.Append(one.Point.GetSumLong());
                    break;
                case MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic:
                    text.Append(one.Point.GetSumDouble());
                    break;
                case MetricType.LongGauge:
                    text.Append(one.Point.GetGaugeLastValueLong());
                    break;
                default:
                    text.Append(one.Point.GetGaugeLastValueDouble());
                    break;
            }
            text.Append((byte)'\n');
        }
    }

    private static void WriteHistogram(ref ExpositionText text, MetricFamily family, in Series series)
    {
        long upTo = 0;
        int index = 0;
        foreach (var bucket in series.Point.GetHistogramBuckets())
        {
            upTo += bucket.BucketCount;
            text.Append(family.Sample);
            text.Append("_bucket{"u8);
            text.Append(series.Labels);
            text.Append(series.Labels.Length == 0 ? "le=\""u8 : ",le=\""u8);
            text.Append(family.BoundAt(index++, bucket.ExplicitBound));
            text.Append("\"} "u8);
            text.Append(upTo);
            text.Append((byte)'\n');
        }
        WriteName(ref text, family, "_sum"u8, series);
        text.Append(series.Point.GetHistogramSum());
        text.Append((byte)'\n');
        WriteName(ref text, family, "_count"u8, series);
        text.Append(series.Point.GetHistogramCount());
        text.Append((byte)'\n');
    }

    private static void WriteName(ref ExpositionText text, MetricFamily family, ReadOnlySpan<byte> ending, in Series series)
    {
        text.Append(family.Sample);
        text.Append(ending);
        WriteLabels(ref text, series.Labels);
        text.Append((byte)' ');
    }

    private static void WriteLabels(ref ExpositionText text, string labels)
    {
        if (labels.Length == 0) return;
        text.Append((byte)'{');
        text.Append(labels);
        text.Append((byte)'}');
    }

    private readonly record struct Series(string Labels, MetricPoint Point);
}
