using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Sweeps.Grains.Telemetry.Declarations;
using Sweeps.Grains.Telemetry.Exposition;
using Sweeps.Grains.Telemetry.Traces;

namespace Sweeps.Grains.Tests.Telemetry;

/// <summary>The declarations, and that the code keeps to them.</summary>
public partial class DeclarationTests
{
    [Fact]
    public void Every_name_is_unique_and_in_the_style_of_OpenTelemetry()
    {
        Assert.NotEmpty(Instruments.All);
        Assert.Equal(Instruments.All.Length, Instruments.All.Select(one => one.Name).Distinct().Count());
        Assert.All(Instruments.All, one => Assert.Matches(DottedName(), one.Name));
        Assert.All(Instruments.All, one => Assert.StartsWith("sweeps.", one.Name, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_instrument_has_a_unit_and_a_sentence()
    {
        Assert.All(
            Instruments.All, one => Assert.True(one.Unit is "s" or "By" || CountedThing().IsMatch(one.Unit), $"{one.Name}: {one.Unit}"));
        Assert.All(Instruments.All, one => Assert.Matches(Sentence(), one.Description));
    }

    [Fact]
    public void Labels_are_those_that_are_declared_and_none_that_Prometheus_keeps_for_itself()
    {
        Assert.All(Instruments.All, one => Assert.All(one.Labels, label => Assert.Contains(label, MetricLabels.All)));
        Assert.All(Instruments.All, one => Assert.Equal(one.Labels.Length, one.Labels.Distinct().Count()));
        Assert.All(MetricLabels.All, label => Assert.Matches(PrometheusLabel(), PrometheusName.OfLabel(label)));
        Assert.Equal(MetricLabels.All.Length, MetricLabels.All.Select(PrometheusName.OfLabel).Distinct().Count());
        Assert.Empty(MetricLabels.All.Select(PrometheusName.OfLabel).Intersect(["le", "quantile", "job", "instance", "__name__"]));
    }

    [Fact]
    public void Every_name_becomes_a_valid_name_of_Prometheus_and_no_two_the_same()
    {
        var names = Instruments.All.Select(PrometheusName.Of).ToArray();
        Assert.All(names, name => Assert.Matches(PrometheusMetric(), name.Sample));
        string[] series =
        [
            .. Instruments.All.SelectMany(one => one.Kind is InstrumentKind.Histogram
                ? new[] { "", "_bucket", "_sum", "_count" }.Select(end => PrometheusName.Of(one).Sample + end)
                : [PrometheusName.Of(one).Sample, PrometheusName.Of(one).Family]).Distinct(),
        ];
        Assert.Equal(series.Length, series.Distinct().Count());
        Assert.Equal(names.Length, names.Select(name => name.Family).Distinct().Count());
    }

    [Fact]
    public void Histograms_alone_have_buckets_and_these_ascend() => Assert.All(Instruments.All, one =>
    {
        Assert.Equal(one.Kind is InstrumentKind.Histogram, !one.Buckets.IsEmpty);
        Assert.Equal(one.Buckets.Order().Distinct(), one.Buckets);
    });

    [Fact]
    public void Figures_of_the_cluster_are_figures_of_now() =>
        Assert.All(Instruments.All.Where(one => one.Of is not FactOf.ProcessPart), one => Assert.Equal(InstrumentKind.Gauge, one.Kind));

    [Fact]
    public void What_is_declared_is_what_is_recorded_under_its_labels()
    {
        using var everything = new RecordedEverything(TimeProvider.System);
        Dictionary<string, Instrument> instruments = [];
        Dictionary<string, HashSet<string>> labels = [];
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter != everything.Metrics.Meter) return;
            instruments.Add(instrument.Name, instrument);
            listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Heard(instrument, tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Heard(instrument, tags));
        listener.Start();
        everything.Record();
        listener.RecordObservableInstruments();

        Assert.Equal(Instruments.All.Select(one => one.Name), instruments.Keys.Order(StringComparer.Ordinal));
        Assert.All(Instruments.All, one =>
        {
            var instrument = instruments[one.Name];
            Assert.Equal((one.Unit, one.Description), (instrument.Unit, instrument.Description));
            Assert.Contains(one.Kind.ToString(), instrument.GetType().Name, StringComparison.Ordinal);
            Assert.True(labels.ContainsKey(one.Name), $"{one.Name} was never recorded");
            Assert.Equal(one.Labels.Order(StringComparer.Ordinal), labels[one.Name].Order(StringComparer.Ordinal));
        });

        void Heard(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            HashSet<string> names = [];
            foreach (var tag in tags)
            {
                Assert.IsType<string>(tag.Value);
                Assert.True(names.Add(tag.Key), $"{instrument.Name}: {tag.Key} twice");
            }
            if (!labels.TryAdd(instrument.Name, names)) Assert.Equal(labels[instrument.Name], names);
        }
    }

    [Fact]
    public void Spans_have_unique_names_and_a_sentence()
    {
        Assert.Equal(ChunkSpans.All.Length, ChunkSpans.All.Select(span => span.Name).Distinct().Count());
        Assert.All(ChunkSpans.All, span => Assert.Matches(DottedName(), span.Name));
        Assert.All(ChunkSpans.All, span => Assert.Matches(Sentence(), span.Description));
    }

    [GeneratedRegex(@"^[a-z]+(\.[a-z]+)+$")]
    private static partial Regex DottedName();

    [GeneratedRegex(@"^\{[a-z_]+\}$")]
    private static partial Regex CountedThing();

    [GeneratedRegex(@"^[^\s].{10,}\.$")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"^[a-z][a-z0-9_]*$")]
    private static partial Regex PrometheusLabel();

    [GeneratedRegex(@"^[a-z][a-z0-9_]*$")]
    private static partial Regex PrometheusMetric();
}
