using OpenTelemetry.Resources;
using Sweeps.Compute.Devices;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Leases;
using Sweeps.Grains.Telemetry.Exposition;
using Sweeps.Grains.Telemetry.Recording;
using Sweeps.Silo.Datasets;
using static Sweeps.Silo.Tests.Loops.RunningSilo;

namespace Sweeps.Silo.Tests.Loops;

/// <summary>What a silo's loops tell of lanes, dataset jobs and, where it keeps house, of the cluster.</summary>
public sealed class RecordingTests : IDisposable
{
    private static readonly ClusterReading Reading = new(
        [new("a-1", 10, new(LedgerPhase.Running, 4, 1, 1, 2, 0, 3, 1), 2, null)], new(1, 0, 2, 1, 0));

    private readonly SweepsMetrics metrics = new(TimeProvider.System);
    private readonly MetricsExposition exposition;

    public RecordingTests() => exposition = new(metrics, Resource.Empty, withRuntime: false);

    public void Dispose()
    {
        exposition.Dispose();
        metrics.Dispose();
    }

    [Fact]
    public async Task Who_keeps_house_tells_of_the_cluster_every_five_seconds_and_no_more_once_another_does()
    {
        await using var silo = new RunningSilo { Metrics = metrics, Server = { Cluster = Reading } }.Start();
        await silo.AdvanceUntilAsync("read cluster", 3);
        Assert.InRange(silo.Time.Now, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(11));
        await ToldAsync("sweeps_points{state=\"done\",sweep=\"a-1\"} 3", "sweeps_silos{state=\"lost\"} 2", "sweeps_housekeeping_term 1",
            "sweeps_leases_expired_total{sweep=\"a-1\"} 0", "sweeps_chunks_quarantined_total{sweep=\"a-1\"} 0",
            "sweeps_data_errors_total 0");

        silo.Server.KeepsHouse = false;
        int housekept = silo.Journal.Count("housekeep");
        await silo.AdvanceUntilAsync("housekeep", housekept + 2);
        string page = await ToldAsync("sweeps_housekeeping_term 0");
        Assert.DoesNotContain("sweeps_points{", page, StringComparison.Ordinal);
        Assert.Equal(3, silo.Journal.Count("read cluster"));

        silo.Server.KeepsHouse = true;
        await silo.AdvanceUntilAsync("read cluster", 4);
    }

    [Fact]
    public async Task A_cluster_that_cannot_be_read_keeps_nobody_from_its_housekeeping()
    {
        var never = new TaskCompletionSource<ClusterReading>();
        await using var silo = new RunningSilo
        {
            Metrics = metrics,
            Server = { ReadsCluster = stop => never.Task.WaitAsync(stop) },
        }.Start();
        await silo.AdvanceUntilAsync("housekeep", 30);
        Assert.InRange(silo.Journal.Count("read cluster"), 1, 2); // each is given up after 20 seconds
        silo.Server.ReadsCluster = _ => throw new ServerException("permission denied for table chunk");
        int asked = silo.Journal.Count("read cluster");
        await silo.AdvanceUntilAsync("read cluster", asked + 3);
        Assert.DoesNotContain(silo.Journal.Events, each => each.StartsWith("log 3", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_error_of_the_program_itself_while_the_cluster_is_read_is_told_and_the_house_is_kept()
    {
        await using var silo = new RunningSilo
        {
            Metrics = metrics,
            Server = { ReadsCluster = _ => throw new InvalidCastException("a column is of another type") },
        }.Start();
        await silo.AdvanceUntilAsync("read cluster", 2);
        Assert.Contains(silo.Journal.Events, each => each.StartsWith("log 22", StringComparison.Ordinal));
        silo.Server.ReadsCluster = null;
        silo.Server.Cluster = Reading;
        await silo.AdvanceUntilAsync("read cluster", 4);
        await ToldAsync("sweeps_points{state=\"done\",sweep=\"a-1\"} 3");
    }

    [Fact]
    public async Task Nothing_is_asked_of_the_cluster_where_nobody_listens()
    {
        await using var silo = new RunningSilo { Server = { Cluster = Reading } }.Start();
        await silo.AdvanceUntilAsync("housekeep", 12);
        Assert.DoesNotContain("read cluster", silo.Journal.Events);
    }

    [Fact]
    public async Task Lanes_are_idle_at_work_or_retired()
    {
        await using var silo = new RunningSilo
        {
            Metrics = metrics,
            Devices = ["d0", "d1", "d2"],
            Server = { Choose = lane => lane == 2 ? null : A },
            Datasets =
            {
                Works = run => run.Device.Name == "d0" ? throw new DeviceException(DeviceFailure.Lost, "error 719")
                    : run.UntilAsync(run.Drain),
            },
        }.Start();
        await silo.Journal.UntilAsync("log 8: lane 0 (d0) is retired: error 719");
        silo.Retired = 1;
        await silo.Journal.UntilAsync("run a-1 host-1/1");
        await silo.Journal.UntilAsync("wait");
        await ToldAsync(
            "sweeps_silo_lanes{device_kind=\"cpu\",state=\"idle\"} 1", "sweeps_silo_lanes{device_kind=\"cpu\",state=\"working\"} 1",
            "sweeps_silo_lanes{device_kind=\"cpu\",state=\"retired\"} 1");
    }

    [Fact]
    public async Task Jobs_on_datasets_are_timed_by_kind_and_outcome()
    {
        await using var silo = new RunningSilo
        {
            Metrics = metrics,
            Datasets =
            {
                Does = (job, _) => Task.FromResult<DatasetJobResult>(job.Sweep == A
                    ? new DatasetJobResult.Done(new LedgerHoldings([], [], 12, 0)) : new DatasetJobResult.Refused("foreign folder")),
            },
        };
        silo.Server.Jobs.Enqueue(new DatasetJob.Prepare(A, 7));
        silo.Server.Jobs.Enqueue(new DatasetJob.Finish(B, [], 0, 8));
        silo.Start();
        await silo.AdvanceUntilAsync("log 14: dataset of b-2: finish failed: foreign folder");
        await silo.AdvanceUntilAsync("wait", 3); // the loop has come round
        await ToldAsync(
            "sweeps_dataset_job_duration_seconds_count{dataset_job=\"prepare\",outcome=\"done\"} 1",
            "sweeps_dataset_job_duration_seconds_count{dataset_job=\"finish\",outcome=\"failed\"} 1");
    }

    [Fact]
    public async Task A_job_whose_term_is_lost_is_told_as_lost()
    {
        await using var silo = new RunningSilo
        {
            Metrics = metrics,
            Server = { RenewsTerm = false },
            Datasets =
            {
                Does = async (_, cancellation) =>
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
                    throw new InvalidOperationException("it is cancelled");
                },
            },
        };
        silo.Server.Jobs.Enqueue(new DatasetJob.Prepare(A, 7));
        silo.Start();
        await silo.AdvanceUntilAsync("log 15: dataset of a-1: prepare is another silo's now; stopped");
        await silo.AdvanceUntilAsync("wait", 3);
        await ToldAsync("sweeps_dataset_job_duration_seconds_count{dataset_job=\"prepare\",outcome=\"lost\"} 1");
    }

    [Fact]
    public async Task Each_time_that_the_data_folder_cannot_be_used_is_counted_for_lanes_and_jobs_alike()
    {
        int left = 3;
        await using var silo = new RunningSilo
        {
            Metrics = metrics,
            Server = { Choose = _ => A },
            Datasets =
            {
                Opens = _ =>
                {
                    if (left-- > 0) throw new IOException("stale handle");
                },
                Does = (job, _) => job switch
                {
                    DatasetJob.Prepare => throw new IOException("disk full"),
                    _ => throw new DatasetException("damaged"),
                },
            },
        };
        silo.Server.Jobs.Enqueue(new DatasetJob.Prepare(A, 7));
        silo.Server.Jobs.Enqueue(new DatasetJob.Finish(B, [], 0, 8));
        silo.Start();
        await silo.AdvanceUntilAsync("run a-1 host-1/0");
        await silo.AdvanceUntilAsync("log 14: dataset of a-1: prepare failed: disk full");
        await silo.AdvanceUntilAsync("log 14: dataset of b-2: finish failed: damaged");
        // What is damaged is no fault of the folder.
        await ToldAsync("sweeps_data_errors_total 4");
    }

    [Fact]
    public async Task The_room_in_the_data_folder_is_told_while_it_is_there_and_the_page_without_it()
    {
        var folder = Directory.CreateTempSubdirectory("sweeps-data-");
        await using (var silo = new RunningSilo { Metrics = metrics, Data = folder.FullName }.Start())
        {
            await silo.AdvanceUntilAsync("housekeep", 2);
            Assert.Matches("\nsweeps_data_free_bytes [1-9]", await ToldAsync("sweeps_housekeeping_term 1"));
            folder.Delete();
            Assert.DoesNotContain("\nsweeps_data_free_bytes ", await ToldAsync("sweeps_housekeeping_term 1"), StringComparison.Ordinal);
            folder.Create();
            Assert.Matches("\nsweeps_data_free_bytes [1-9]", await ToldAsync());
        }
        Assert.DoesNotContain("\nsweeps_data_free_bytes ", await ToldAsync(), StringComparison.Ordinal);
        folder.Delete();
    }

    private async Task<string> ToldAsync(params string[] lines)
    {
        var page = new System.Buffers.ArrayBufferWriter<byte>();
        await exposition.WriteAsync(page, ExpositionFormat.PrometheusText);
        string text = System.Text.Encoding.UTF8.GetString(page.WrittenSpan);
        Assert.All(lines, line => Assert.Contains($"{line}\n", text, StringComparison.Ordinal));
        return text;
    }
}
