using Sweeps.Grafana.Dashboards;
using Sweeps.Grafana.Panels;
using Sweeps.Grafana.Queries;
using Sweeps.Grains.Telemetry.Declarations;
using Builder = Sweeps.Grafana.Queries.Promql;

namespace Sweeps.Monitoring.Tests.Grafana;

/// <summary>What the generator does not let pass.</summary>
public class GeneratorTests
{
    private static readonly Selector Gauge = Selector.Of(ClusterInstruments.Points), Counter = Selector.Of(ChunkInstruments.Settled),
        Histogram = Selector.Of(ChunkInstruments.Duration);

    [Fact]
    public void A_metric_is_read_only_as_its_kind_can_be()
    {
        Assert.Throws<ArgumentException>(() => Builder.Rate(Gauge));
        Assert.Throws<ArgumentException>(() => Builder.Now(Counter));
        Assert.Throws<ArgumentException>(() => Builder.Quantile(0.5, Counter));
        Assert.Throws<ArgumentException>(() => Builder.Events(Histogram, "1m"));
    }

    [Fact]
    public void Labels_are_those_of_the_metric_also_in_legends()
    {
        Assert.Throws<ArgumentException>(() => Gauge.Where(MetricLabels.Lane, "1"));
        Assert.Throws<ArgumentException>(() => Builder.Now(Gauge, MetricLabels.DeviceKind));
        Assert.Throws<ArgumentException>(() => new Target("{{sweep}}", Builder.Now(Gauge, MetricLabels.State)));
        Assert.Throws<ArgumentException>(() => Builder.Now(Gauge, MetricLabels.State) / Builder.Now(Gauge));
        Assert.Equal("state", Assert.Single(Builder.Now(Gauge, MetricLabels.State).Labels));
    }

    [Fact]
    public void Silos_figures_are_added_or_the_largest_taken_as_declared()
    {
        Assert.Equal("max by (state) (sweeps_points{job=\"$job\"})", Builder.Now(Gauge, MetricLabels.State).Text);
        Assert.Equal("sum(rate(sweeps_chunks_settled_total{job=\"$job\"}[$__rate_interval]))", Builder.Rate(Counter).Text);
    }

    [Fact]
    public void A_row_of_panels_is_filled_to_the_last_column()
    {
        Assert.Equal([(0, 8), (8, 8), (16, 8)], Places(0, 8, 0));
        Assert.Throws<ArgumentException>(() => Places(12, 6));
        Assert.Throws<ArgumentException>(() => Places(12, 14));
        Assert.Throws<ArgumentException>(() => Places(0, 0, 0, 0, 0));

        static (int At, int Width)[] Places(params int[] widths) =>
            [.. new PanelRow(4, [.. widths.Select(width => new Stat("", "", "", []) { Width = width })]).Places()
                .Select(place => (place.At, place.Width))];
    }
}
