using OpenTelemetry.Resources;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Hosts.Local;
using Sweeps.Grains.Telemetry.Exposition;
using Sweeps.Grains.Telemetry.Recording;
using Sweeps.Grains.Telemetry.Traces;
using Sweeps.Grains.Tests.Telemetry.Exposition;
using Sweeps.Grains.Tests.Workers;

namespace Sweeps.Grains.Tests.Hosts.Local;

/// <summary>What a local run tells, in a cluster's words.</summary>
public sealed class LocalRecordingTests
{
    [Fact]
    public async Task A_local_run_tells_where_its_sweep_stands_what_it_writes_and_what_its_lanes_are_at()
    {
        using SweepsMetrics metrics = new(TimeProvider.System);
        using SweepsTraces traces = new(TimeProvider.System);
        using var exposition = new MetricsExposition(metrics, Resource.Empty, withRuntime: false);
        ParsedPage? during = null;
        using var device = new FakeLaneDevice("gpu", 1)
        {
            Meanwhile = number =>
            {
                if (number == 7) during = ParsedPage.OfAsync(exposition).GetAwaiter().GetResult();
            },
            IsLostAt = number => number == 8,
        };
        using var scratch = new SweepScratch();
        var opened = Assert.IsType<LocalSweepOpening.Opened>(scratch.Open(SweepScratch.Spec(SweepScratch.Small)));
        using (opened.Sweep)
            Assert.Equal(
                new SweepOutcome.Completed(),
                await opened.Sweep.RunAsync([device], null, CancellationToken.None, new(metrics, traces, TimeProvider.System)));

        Assert.Equal(1, during!.Value("sweeps_silo_lanes", ("state", "working"), ("device_kind", "cpu")));
        Assert.Equal(1, during.Value("sweeps_sweep_phase", ("sweep", "sweep"), ("state", "running")));
        Assert.Equal(18, during.Series("sweeps_points").Sum(one => one.Value));
        Assert.Equal(FailureBudget.Of(18, 0), during.Value("sweeps_sweep_failure_budget", ("sweep", "sweep")));
        Assert.True(during.Value("sweeps_data_free_bytes") > 0);
        var page = await ParsedPage.OfAsync(exposition);
        Assert.Equal(18, page.Value("sweeps_points", ("sweep", "sweep"), ("state", "done")));
        Assert.Equal(4, page.Value("sweeps_chunks", ("sweep", "sweep"), ("state", "settled")));
        Assert.Equal(0, page.Value("sweeps_chunks", ("sweep", "sweep"), ("state", "leased")));
        Assert.Equal(1, page.Value("sweeps_sweep_phase", ("sweep", "sweep"), ("state", "completed")));
        Assert.Equal(1, page.Value("sweeps_sweep_lanes", ("sweep", "sweep")));
        Assert.Equal(4, page.Value("sweeps_chunks_settled_total", ("sweep", "sweep"), ("device_kind", "cpu")));
        Assert.Equal(18, page.Value("sweeps_dataset_rows_total", ("sweep", "sweep"), ("table", "points")));
        Assert.True(page.Value("sweeps_dataset_rows_total", ("sweep", "sweep"), ("table", "curves")) >= 18);
        Assert.Equal(1, page.Value("sweeps_chunks_dropped_total", ("sweep", "sweep"), ("reason", "device_lost")));
        Assert.True(page.Value("sweeps_lane_kernel_time_seconds_total", ("lane", "0"), ("device_kind", "cpu")) > 0);
        Assert.Empty(page.Series("sweeps_silos"));
        Assert.Empty(page.Series("sweeps_data_free_bytes")); // the run is over
        Assert.Empty(page.Series("sweeps_silo_lanes")); // the lanes are over
    }
}
