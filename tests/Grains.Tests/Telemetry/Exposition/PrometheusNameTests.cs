using Sweeps.Grains.Telemetry.Exposition;

namespace Sweeps.Grains.Tests.Telemetry.Exposition;

/// <summary>OpenTelemetry's rules for names in Prometheus.</summary>
public class PrometheusNameTests
{
    [Theory]
    [InlineData("sweeps.chunks.settled", "{chunk}", true, "sweeps_chunks_settled", "sweeps_chunks_settled_total", "")]
    [InlineData("sweeps.chunk.duration", "s", false, "sweeps_chunk_duration_seconds", "sweeps_chunk_duration_seconds", "seconds")]
    [InlineData("sweeps.dataset.written", "By", true, "sweeps_dataset_written_bytes", "sweeps_dataset_written_bytes_total", "bytes")]
    [InlineData("disk.io.bytes", "By", true, "disk_io_bytes", "disk_io_bytes_total", "bytes")]
    [InlineData("requests.total", "{request}", true, "requests", "requests_total", "")]
    [InlineData("seconds", "s", false, "seconds", "seconds", "seconds")]
    [InlineData("rows.rate", "{row}/s", false, "rows_rate_per_second", "rows_rate_per_second", "per_second")]
    [InlineData("bandwidth", "By/s", false, "bandwidth_bytes_per_second", "bandwidth_bytes_per_second", "bytes_per_second")]
    [InlineData("utilisation", "1", false, "utilisation", "utilisation", "")]
    [InlineData("odd", "furlongs^2", false, "odd_furlongs_2", "odd_furlongs_2", "furlongs_2")]
    [InlineData("7.of-9 (x)", "", false, "_7_of_9_x", "_7_of_9_x", "")]
    [InlineData("a..b//c", "", false, "a_b_c", "a_b_c", "")]
    public void Names_units_and_kinds_are_put_together(
        string name, string unit, bool isCounter, string family, string sample, string word) =>
        Assert.Equal(new PrometheusName(family, sample, word), PrometheusName.Of(name, unit, isCounter));

    [Theory]
    [InlineData("device.kind", "device_kind")]
    [InlineData("9lives", "_9lives")]
    [InlineData("a-b:c", "a_b_c")]
    public void Labels_keep_letters_digits_and_underscores(string name, string label) => Assert.Equal(label, PrometheusName.OfLabel(name));
}
