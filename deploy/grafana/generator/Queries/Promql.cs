using System.Collections.Immutable;
using System.Globalization;
using Sweeps.Grains.Telemetry.Declarations;

namespace Sweeps.Grafana.Queries;

/// <summary>
/// Ways to read a metric. Each takes the figures of all silos together as the declaration wants it: parts are added; of extremes, and of
/// what is a fact of the cluster, the largest is taken, for two may tell the same fact while the term of housekeeping changes hands.
/// </summary>
public static class Promql
{
    private const string RateWindow = "$__rate_interval";

    /// <summary>A gauge's figure of now.</summary>
    public static Query Now(Selector gauge, params string[] by) =>
        Together(Only(gauge, InstrumentKind.Gauge), gauge.Text(), by);

    /// <summary>How fast a counter grows, a second.</summary>
    public static Query Rate(Selector counter, params string[] by) =>
        Together(Only(counter, InstrumentKind.Counter), $"rate({counter.Text()}[{RateWindow}])", by);

    /// <summary>
    /// By how much a counter of rare events has grown in a window: whole numbers. <c>increase</c> would not count the first event of a
    /// process, whose series begins with it, nor any that came between two scrapes of which the first found no series. After a
    /// restart the figure is what was counted since.
    /// </summary>
    /// <param name="counter">The counter.</param>
    /// <param name="window"><c>$__range</c> for all the time shown, <c>$__interval</c> for each step of a graph.</param>
    /// <param name="by">Labels to keep.</param>
    public static Query Events(Selector counter, string window, params string[] by) =>
        Growth(counter, Only(counter, InstrumentKind.Counter).Text(), window, by);

    /// <summary>The same of all that a histogram counts.</summary>
    public static Query Observations(Selector histogram, string window, params string[] by) =>
        Growth(histogram, Only(histogram, InstrumentKind.Histogram).Text("_count"), window, by);

    /// <summary>A quantile of what a histogram has counted lately.</summary>
    public static Query Quantile(double quantile, Selector histogram, params string[] by)
    {
        var buckets = Together(Only(histogram, InstrumentKind.Histogram), $"rate({histogram.Text("_bucket")}[{RateWindow}])", by, "le");
        return buckets with { Text = $"histogram_quantile({Number(quantile)}, {buckets.Text})", Labels = [.. by.Select(histogram.Label)] };
    }

    /// <summary>How many a histogram counts a second.</summary>
    public static Query Frequency(Selector histogram, params string[] by) =>
        Together(Only(histogram, InstrumentKind.Histogram), $"rate({histogram.Text("_count")}[{RateWindow}])", by);

    /// <summary>How many came between two bounds in each step of a heat map.</summary>
    public static Query Buckets(Selector histogram) =>
        Together(Only(histogram, InstrumentKind.Histogram), $"increase({histogram.Text("_bucket")}[{RateWindow}])", [], "le");

    /// <summary>The part of what a histogram has counted in a window that lay above one of its bounds.</summary>
    public static Query ShareAbove(double bound, Selector histogram, string window, params string[] by)
    {
        string text = Number(bound);
        if (!text.Contains('.', StringComparison.Ordinal)) text += ".0";
        var all = Together(Only(histogram, InstrumentKind.Histogram), $"increase({histogram.Text("_count")}[{window}])", by);
        var below = Together(histogram, $"increase({histogram.Text("_bucket", text)}[{window}])", by);
        return all with { Text = $"1 - {below.Text} / {all.Text}" };
    }

    /// <summary>The sum over all series of a query.</summary>
    public static Query Sum(Query of) => of with { Text = $"sum({of.Text})", Labels = [] };

    /// <summary>0 where no series says so, but the metric is reported: a word that nothing is in has no series.</summary>
    public static Query OrZero(Query some, Query all) => some.Labels.IsEmpty && all.Labels.IsEmpty
        ? some with { Text = $"({some.Text} or 0 * {all.Text})" }
        : throw new ArgumentException("only for one figure", nameof(some));

    /// <summary>The moment that lies so many seconds ahead, in Grafana's milliseconds.</summary>
    public static Query Moment(Query secondsAhead) => secondsAhead with { Text = $"1000 * (time() + {secondsAhead.Text})" };

    private static Query Growth(Selector selector, string now, string window, string[] by) =>
        Together(selector, $"({now} - {now} offset {window} >= 0) or {now}", by);

    private static Query Together(Selector selector, string series, string[] by, params string[] more)
    {
        ImmutableArray<string> labels = [.. by.Select(selector.Label), .. more];
        string how = selector.Metric.Of is FactOf.ProcessPart ? "sum" : "max";
        string kept = labels.IsEmpty ? "" : $" by ({string.Join(", ", labels)}) ";
        return new($"{how}{kept}({series})", [selector.Metric], labels);
    }

    private static Selector Only(Selector selector, InstrumentKind kind) => selector.Metric.Kind == kind ? selector
        : throw new ArgumentException($"{selector.Metric.Name} is a {selector.Metric.Kind}, no {kind}", nameof(selector));

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);
}
