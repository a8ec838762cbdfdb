using Sweeps.Grains.Telemetry;

namespace Sweeps.Grains.Tests.Telemetry;

/// <summary>What the standard variables ask for.</summary>
public class OtlpSignalsTests
{
    [Theory]
    [InlineData("", false, false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=", false, false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4318", true, true)]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=http://c:4318/v1/metrics", true, false)]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://c:4318/v1/traces", false, true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4318 OTEL_TRACES_EXPORTER=none", true, false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4318 OTEL_METRICS_EXPORTER=none", false, true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4318 OTEL_SDK_DISABLED=TRUE", false, false)]
    public void A_signal_is_sent_where_it_has_an_endpoint_and_nothing_forbids_it(string variables, bool metrics, bool traces)
    {
        var set = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(one => one.Split('=', 2)).ToDictionary(one => one[0], one => one[1]);
        Assert.Equal(new OtlpSignals(metrics, traces), OtlpSignals.Of(set.GetValueOrDefault));
    }

    [Fact]
    public void Where_nobody_listens_there_is_nothing_to_record_with()
    {
        Assert.Null(ProcessTelemetry.For(false, "sweeps", "0.1.0", "host", _ => null, _ => { }, TimeProvider.System));
        using var telemetry = ProcessTelemetry.For(true, "sweeps", "0.1.0", "host", _ => null, _ => { }, TimeProvider.System);
        Assert.NotNull(telemetry);
    }
}
