using Sweeps.Grains.Telemetry.Exposition;

namespace Sweeps.Grains.Tests.Telemetry.Exposition;

/// <summary>Which form a reader gets.</summary>
public class ExpositionFormatTests
{
    [Theory]
    [InlineData(
        "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
        + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1")]
    [InlineData("application/openmetrics-text")]
    [InlineData("application/openmetrics-text; version=\"1.0.0\"; charset=utf-8; escaping=underscores")]
    [InlineData("text/plain;q=0.5, APPLICATION/OpenMetrics-Text;q=0.5")]
    [InlineData("application/openmetrics-text;q=0.3,text/*;q=0.9,text/plain;q=0.2")]
    public void OpenMetrics_for_whoever_names_it_and_likes_nothing_better(string accept) =>
        Assert.Equal(ExpositionFormat.OpenMetrics, ExpositionFormat.For(accept));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("*/*")]
    [InlineData("text/plain")]
    [InlineData("text/html,application/xhtml+xml,*/*;q=0.8")]
    [InlineData("application/*")]
    [InlineData("application/openmetrics-text;version=0.0.1")]
    [InlineData("application/openmetrics-text;q=0.4,text/plain;q=0.5")]
    [InlineData("application/openmetrics-text;q=0")]
    [InlineData(
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited,text/plain;version=0.0.4;q=0.3")]
    [InlineData("application/openmetrics-text;q=many,;;,text/plain")]
    public void Prometheus_text_for_everybody_else(string? accept) =>
        Assert.Equal(ExpositionFormat.PrometheusText, ExpositionFormat.For(accept));
}
