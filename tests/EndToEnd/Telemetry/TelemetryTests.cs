using Sweeps.EndToEnd.Cluster;
using Sweeps.Grains.Telemetry.Declarations;
using Sweeps.Grains.Telemetry.Exposition;

namespace Sweeps.EndToEnd.Telemetry;

/// <summary>A real run and a real silo, scraped until they are done, and what they send to a collector.</summary>
[Collection(ClusterTests.Name)]
public sealed class TelemetryTests(ClusterServer server)
{
    /// <summary>What a cluster alone has.</summary>
    private static readonly InstrumentDeclaration[] OfClusters =
    [
        ChunkInstruments.Quarantined, LeaseInstruments.Expired, DatabaseInstruments.Errors, DatabaseInstruments.AttemptDuration,
        DatasetInstruments.JobDuration, DatasetInstruments.DataErrors, ClusterInstruments.Silos, ClusterInstruments.Lanes,
    ];

    /// <summary>What goes wrong, and is told as 0 until it does.</summary>
    private static readonly InstrumentDeclaration[] Troubles =
    [
        ChunkInstruments.Dropped, ChunkInstruments.Retried, ChunkInstruments.Quarantined, LeaseInstruments.Expired,
        DatabaseInstruments.Errors, DatasetInstruments.DataErrors,
    ];

    private static readonly InstrumentDeclaration[] NoDevice = [LaneInstruments.DeviceMemoryUsed, LaneInstruments.DeviceMemoryLimit];

    [Fact]
    public async Task A_local_run_serves_its_metrics_until_it_is_done_and_sends_them_and_its_traces_to_a_collector()
    {
        using var work = new Workplace();
        await using var collector = await OtlpReceiver.StartAsync();
        using var process = SweepsProcess.Start(
            collector.Environment, "run", work.Spec("spec.yaml", ClusterSpec.Usual), "--out", work["local"], "--device", "cpu",
            "--metrics", "127.0.0.1:0");
        using var scraped = await ScrapedProcess.OfAsync(process, "metrics at ");
        (string, string) sweep = ("sweep", "local");
        await ClusterDeadline.MeetAsync(
            async () =>
            {
                if (!await scraped.ReadAsync()) return true;
                if (scraped.Last!.Series("sweeps_points").Count > 0)
                    Assert.Equal(ClusterSpec.UsualPoints, scraped.Sum("sweeps_points", sweep));
                return false;
            },
            () => $"its page is still there; it said: {process.Errors}");
        process.Wait().Exits(0);

        scraped.SawAllBut([.. OfClusters, .. NoDevice]);
        Assert.All(Troubles, one => Assert.Equal(0, scraped.Sum(PrometheusName.Of(one).Sample)));
        // The last page may have been read a moment before the end.
        Assert.InRange(scraped.Sum("sweeps_points_finished_total", sweep, ("outcome", "done")), 17, ClusterSpec.UsualPoints);
        double kernels = scraped.Sum("sweeps_lane_kernel_time_seconds_total");
        double threads = scraped.Sum("sweeps_lane_thread_time_seconds_total");
        Assert.True(kernels > 0.1 && kernels <= threads * 1.000001, $"{kernels} s of {threads} s");
        Assert.InRange(scraped.Sum("sweeps_chunks_settled_total", sweep), 1, 3);
        collector.Heard("/v1/metrics", "sweeps.points.finished", "sweeps.chunk.duration", "service.name", "local");
        collector.Heard(
            "/v1/traces", "sweeps.chunk.claim", "sweeps.chunk.compute", "sweeps.chunk.publish", "sweeps.chunk.complete", "settled");
    }

    [Fact]
    public async Task A_silo_serves_its_metrics_and_as_the_keeper_of_the_house_those_of_the_cluster()
    {
        await using var cluster = await TestCluster.StartAsync(server);
        var silo = cluster.StartSilo("--threads", "2", "--health", "127.0.0.1:0");
        using var scraped = await ScrapedProcess.OfAsync(silo, "health at ");
        string id = cluster.Submit(ClusterSpec.Usual);
        (string, string) sweep = ("sweep", id);
        await ClusterDeadline.MeetAsync(
            async () => await scraped.ReadAsync()
                && scraped.Sum("sweeps_dataset_job_duration_seconds_count", ("dataset_job", "finish"), ("outcome", "done")) == 1,
            () => $"the dataset is not finished; the silo says:\n{silo.Errors}");

        scraped.SawAllBut(NoDevice);
        Assert.All(Troubles, one => Assert.Equal(0, scraped.Sum(PrometheusName.Of(one).Sample)));
        Assert.Equal(
            ClusterSpec.UsualPoints, scraped.Sum("sweeps_points_finished_total", sweep, ("outcome", "done"), ("device_kind", "cpu")));
        Assert.Equal(3, scraped.Sum("sweeps_chunks_settled_total", sweep));
        Assert.Equal(ClusterSpec.UsualPoints, scraped.Sum("sweeps_dataset_rows_total", sweep, ("table", "points")));
        Assert.Equal(1, scraped.Sum("sweeps_dataset_job_duration_seconds_count", ("dataset_job", "prepare"), ("outcome", "done")));
        Assert.True(scraped.Sum("sweeps_database_attempt_duration_seconds_count", ("outcome", "done")) > 10);
        Assert.Equal(1, scraped.Sum("sweeps_silos", ("state", "working")));
        Assert.Equal(1, scraped.Sum("sweeps_silo_lanes"));
        Assert.Equal(1, scraped.Sum("sweeps_housekeeping_term"));
        double kernels = scraped.Sum("sweeps_lane_kernel_time_seconds_total");
        double threads = scraped.Sum("sweeps_lane_thread_time_seconds_total");
        Assert.True(kernels > 1 && kernels <= threads * 1.000001, $"{kernels} s of {threads} s");
        cluster.NoSiloFailed();
    }

    [Fact]
    public void A_collector_that_is_not_there_is_told_of_and_costs_no_point()
    {
        using var work = new Workplace();
        using var closed = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        closed.Start();
        string address = closed.LocalEndpoint.ToString()!;
        closed.Stop();
        using var process = SweepsProcess.Start(
            new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://{address}", ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf" },
            "run", work.Spec("spec.yaml", ClusterSpec.Brief), "--out", work["data"], "--device", "cpu");
        var outcome = process.Wait().Exits(0);
        Assert.Contains("telemetry: ", outcome.Errors, StringComparison.Ordinal);
        Assert.Contains(address, outcome.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_that_is_taken_ends_the_run_before_it_begins_and_nothing_is_written()
    {
        using var work = new Workplace();
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var outcome = SweepsProcess.Run(
            "run", work.Spec("spec.yaml", ClusterSpec.Brief), "--out", work["data"], "--metrics", taken.LocalEndpoint.ToString()!).Exits(3);
        Assert.Contains("choose another --metrics address", outcome.Errors, StringComparison.Ordinal);
        Assert.Single(outcome.Errors.Trim().Split('\n'));
        Assert.False(Directory.Exists(work["data"]));
    }
}
