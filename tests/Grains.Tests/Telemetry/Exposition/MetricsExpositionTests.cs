using System.Diagnostics.Metrics;
using System.Globalization;
using OpenTelemetry.Resources;
using Sweeps.Grains.Telemetry;
using Sweeps.Grains.Telemetry.Exposition;
using Sweeps.Grains.Telemetry.Recording;

namespace Sweeps.Grains.Tests.Telemetry.Exposition;

/// <summary>Pages, letter for letter.</summary>
public sealed class MetricsExpositionTests : IDisposable
{
    private readonly Meter meter = new("Sweeps");

    public void Dispose() => meter.Dispose();

    [Fact]
    public async Task A_counter_is_declared_with_its_suffix_in_one_format_and_without_in_the_other()
    {
        using var exposition = Expose();
        var written = meter.CreateCounter<long>("dataset.written", "By", "Bytes in \"place\"\\\nand kept");
        written.Add(5, new KeyValuePair<string, object?>("table", "points"));
        written.Add(7, new KeyValuePair<string, object?>("table", "points"));
        written.Add(1, new KeyValuePair<string, object?>("table", "curves"));
        Assert.Equal(
            """
            # HELP dataset_written_bytes_total Bytes in "place"\\\nand kept
            # TYPE dataset_written_bytes_total counter
            dataset_written_bytes_total{table="curves"} 1
            dataset_written_bytes_total{table="points"} 12

            """,
            await ParsedPage.TextOfAsync(exposition));
        Assert.Equal(
            """
            # TYPE dataset_written_bytes counter
            # UNIT dataset_written_bytes bytes
            # HELP dataset_written_bytes Bytes in \"place\"\\\nand kept
            dataset_written_bytes_total{table="curves"} 1
            dataset_written_bytes_total{table="points"} 12
            # EOF

            """,
            await ParsedPage.TextOfAsync(exposition, ExpositionFormat.OpenMetrics));
    }

    [Fact]
    public async Task A_histogram_counts_up_to_each_bound_and_to_infinity()
    {
        using var exposition = Expose();
        var duration = meter.CreateHistogram(
            "chunk.duration", "s", "How long.", tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.25, 1, 1e20] });
        foreach (double seconds in new[] { 0.1, 0.25, 0.5, 2, 1e30 })
            duration.Record(seconds, new KeyValuePair<string, object?>("device.kind", "cpu"));
        Assert.Equal(
            """
            # HELP chunk_duration_seconds How long.
            # TYPE chunk_duration_seconds histogram
            chunk_duration_seconds_bucket{device_kind="cpu",le="0.25"} 2
            chunk_duration_seconds_bucket{device_kind="cpu",le="1.0"} 3
            chunk_duration_seconds_bucket{device_kind="cpu",le="1E+20"} 4
            chunk_duration_seconds_bucket{device_kind="cpu",le="+Inf"} 5
            chunk_duration_seconds_sum{device_kind="cpu"} 1E+30
            chunk_duration_seconds_count{device_kind="cpu"} 5

            """,
            await ParsedPage.TextOfAsync(exposition));
    }

    [Fact]
    public async Task Labels_are_in_order_and_escaped_whatever_they_are()
    {
        using var exposition = Expose();
        meter.CreateCounter<long>("c").Add(
            1, new("z", "\\ \" \n é"), new("a.b", true), new("a/b", 1.5), new KeyValuePair<string, object?>("empty", null));
        Assert.Equal(
            """
            # TYPE c_total counter
            c_total{a_b="true;1.5",empty="",z="\\ \" \n é"} 1

            """,
            await ParsedPage.TextOfAsync(exposition));
    }

    [Fact]
    public async Task Numbers_are_spelled_the_same_in_every_culture_and_also_where_they_are_none()
    {
        using var exposition = Expose();
        foreach (var (state, value) in new[]
        {
            ("a", double.NaN), ("b", double.PositiveInfinity), ("c", double.NegativeInfinity), ("d", -0.1), ("e", 1e-300), ("f", 1234567.5),
        })
            meter.CreateObservableGauge("g", () => new Measurement<double>(value, new KeyValuePair<string, object?>("s", state)));
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture =
                new CultureInfo("") { NumberFormat = new() { NumberDecimalSeparator = ",", NegativeSign = "−" } };
            var values = (await ParsedPage.TextOfAsync(exposition)).Split('\n')
                .Where(line => line.StartsWith("g{", StringComparison.Ordinal));
            Assert.Equal(["NaN", "+Inf", "-Inf", "-0.1", "1E-300", "1234567.5"], values.Select(line => line.Split(' ')[1]));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public async Task The_resource_is_told_once_as_target_info()
    {
        var resource = ResourceBuilder.CreateEmpty().AddAttributes([new("service.name", "sweeps-silo"), new("host.name", "n\"1")]).Build();
        using var exposition = new MetricsExposition(meter, resource);
        Assert.Equal(
            """
            # HELP target_info What is measured.
            # TYPE target_info gauge
            target_info{host_name="n\"1",service_name="sweeps-silo"} 1

            """,
            await ParsedPage.TextOfAsync(exposition));
        Assert.Equal(
            """
            # TYPE target info
            # HELP target What is measured.
            target_info{host_name="n\"1",service_name="sweeps-silo"} 1
            # EOF

            """,
            await ParsedPage.TextOfAsync(exposition, ExpositionFormat.OpenMetrics));
    }

    [Fact]
    public void The_resource_of_a_process_names_service_version_host_and_instance()
    {
        var attributes = TelemetryResource.Of("sweeps-silo", "0.1.0", "node1", "node1-abc").Attributes
            .ToDictionary(one => one.Key, one => one.Value);
        Assert.Equal("sweeps-silo", attributes["service.name"]);
        Assert.Equal("0.1.0", attributes["service.version"]);
        Assert.Equal("node1-abc", attributes["service.instance.id"]);
        Assert.Equal("node1", attributes["host.name"]);
    }

    [Fact]
    public async Task Nothing_recorded_is_an_empty_page()
    {
        using var exposition = Expose();
        meter.CreateCounter<long>("never");
        Assert.Equal("", await ParsedPage.TextOfAsync(exposition));
        Assert.Equal("# EOF\n", await ParsedPage.TextOfAsync(exposition, ExpositionFormat.OpenMetrics));
    }

    [Fact]
    public async Task A_gauge_that_tells_no_more_is_gone_from_the_next_page()
    {
        using var exposition = Expose();
        string[] states = ["a", "b"];
        meter.CreateObservableGauge(
            "g", () => states.Select(state => new Measurement<long>(1, new KeyValuePair<string, object?>("s", state))));
        Assert.Equal(2, (await ParsedPage.OfAsync(exposition)).Series("g").Count);
        states = ["b"];
        Assert.Equal("b", Assert.Single((await ParsedPage.OfAsync(exposition)).Series("g")).Labels["s"]);
    }

    [Fact]
    public async Task Of_two_metrics_with_one_name_the_first_stays()
    {
        using var exposition = Expose();
        meter.CreateCounter<long>("a.b").Add(1);
        meter.CreateObservableGauge("a.b.total", () => 7);
        meter.CreateCounter<long>("a-b").Add(2);
        var page = await ParsedPage.OfAsync(exposition);
        Assert.Single(page.Series("a_b_total"));
        Assert.Equal("counter", page.Notes["TYPE a_b_total"]);
    }

    [Fact]
    public async Task Other_meters_of_the_same_name_in_the_process_are_not_told()
    {
        using var exposition = Expose();
        using var stranger = new Meter("Sweeps");
        stranger.CreateCounter<long>("theirs").Add(1);
        meter.CreateCounter<long>("ours").Add(1);
        Assert.Equal(["ours_total"], (await ParsedPage.OfAsync(exposition)).Families);
    }

    [Fact]
    public async Task The_runtime_tells_of_itself_where_it_is_asked()
    {
        using var metrics = new SweepsMetrics(TimeProvider.System);
        using var exposition = new MetricsExposition(metrics, Resource.Empty);
        var page = await ParsedPage.OfAsync(exposition, ExpositionFormat.OpenMetrics);
        Assert.True(page.Series("dotnet_process_memory_working_set_bytes").Single().Value > 0);
    }

    [Fact]
    public async Task Many_readers_at_once_each_get_a_whole_page()
    {
        using var exposition = Expose();
        var counter = meter.CreateCounter<long>("c", "{thing}", "Things.");
        for (int lane = 0; lane < 1000; lane++) counter.Add(lane, new KeyValuePair<string, object?>("lane", lane));
        ExpositionFormat[] formats = [ExpositionFormat.PrometheusText, ExpositionFormat.OpenMetrics];
        var pages = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => ParsedPage.OfAsync(exposition, formats[i % 2]))));
        Assert.All(pages, page => Assert.Equal(1000, page.Series("c_total").Count));
    }

    private MetricsExposition Expose() => new(meter, Resource.Empty);
}
