using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Sweeps.Contract.Server;
using Sweeps.Grains.Telemetry;
using Sweeps.Grains.Telemetry.Exposition;
using Sweeps.Grains.Telemetry.Recording;
using Sweeps.Silo.Health;

namespace Sweeps.Silo.Tests.Health;

/// <summary>The page of metrics beside the health answers, over a real socket.</summary>
public sealed class MetricsPageTests : IAsyncLifetime, IDisposable
{
    private const string AsPrometheusAsks = "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
        + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

    private readonly SweepsMetrics metrics = new(TimeProvider.System);
    private readonly HttpClient client = new() { Timeout = Journal.Deadline };
    private MetricsExposition exposition = null!;
    private HealthServer server = null!;

    public async Task InitializeAsync()
    {
        exposition = new(metrics, TelemetryResource.Of("sweeps-silo", "0.1.0", "node1", "node1-abc"));
        server = await HealthServer.StartAsync(
            new(IPAddress.Loopback, 0), new SiloHealth(new ManualTime()), TimeProvider.System, default, exposition);
        client.BaseAddress = server.Address;
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    public void Dispose()
    {
        client.Dispose();
        exposition.Dispose();
        metrics.Dispose();
    }

    [Theory]
    [InlineData(AsPrometheusAsks, "application/openmetrics-text; version=1.0.0; charset=utf-8", true)]
    [InlineData("text/html", "text/plain; version=0.0.4; charset=utf-8", false)]
    [InlineData(null, "text/plain; version=0.0.4; charset=utf-8", false)]
    public async Task The_page_is_in_the_form_that_is_asked_for_and_says_which(string? accept, string contentType, bool isOpen)
    {
        metrics.Leases.Expired("drift-17", 3);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        if (accept is not null) request.Headers.TryAddWithoutValidation("Accept", accept);
        using var answer = await client.SendAsync(request);
        string page = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal([contentType], answer.Content.Headers.NonValidated["Content-Type"]);
        Assert.Contains("\nsweeps_leases_expired_total{sweep=\"drift-17\"} 3\n", page, StringComparison.Ordinal);
        Assert.Equal(isOpen, page.EndsWith("# EOF\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_page_of_many_thousand_lines_arrives_whole()
    {
        for (int sweep = 0; sweep < 1900; sweep++)
            metrics.Datasets.Placed($"a-sweep-with-a-long-name-{sweep}", DatasetTable.Points, sweep, sweep);
        string page = await client.GetStringAsync("/metrics");
        Assert.Equal(1900, page.Split('\n').Count(line => line.StartsWith("sweeps_dataset_rows_total{", StringComparison.Ordinal)));
        Assert.Equal(
            1900, page.Split('\n').Count(line => line.StartsWith("sweeps_dataset_written_bytes_total{", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("HEAD", "/metrics", HttpStatusCode.OK)]
    [InlineData("POST", "/metrics", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/metrics/x", HttpStatusCode.NotFound)]
    [InlineData("GET", "/health/live", HttpStatusCode.OK)]
    public async Task Heads_are_answered_without_a_page_and_nothing_can_be_sent(string method, string path, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await client.SendAsync(request);
        Assert.Equal(status, answer.StatusCode);
        if (method == "HEAD") Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
        if (status is HttpStatusCode.MethodNotAllowed) Assert.Equal(["GET", "HEAD"], answer.Content.Headers.Allow);
    }

    [Fact]
    public async Task A_real_Prometheus_scrapes_it()
    {
        metrics.Leases.Expired("drift \"17\"\\\n", 3);
        metrics.Leases.Answered(LeaseCall.Claim, TimeSpan.FromMilliseconds(2));
        var folder = Directory.CreateTempSubdirectory("sweeps-prometheus-");
        try
        {
            await File.WriteAllTextAsync(
                Path.Combine(folder.FullName, "prometheus.yml"),
                $"global: {{ scrape_interval: 1s, scrape_timeout: 1s }}\nscrape_configs:\n- job_name: silo\n"
                + $"  static_configs: [{{ targets: ['{server.Address.Authority}'] }}]\n");
            string address = $"127.0.0.1:{FreePort()}";
            using var prometheus = Process.Start(new ProcessStartInfo(
                "prometheus",
                [
                    $"--config.file={folder.FullName}/prometheus.yml", $"--storage.tsdb.path={folder.FullName}/data",
                    $"--web.listen-address={address}", "--log.level=warn",
                ]))!;
            try
            {
                const string expired = "sweeps_leases_expired_total{job=\"silo\"}";
                var labels = await AskAsync(address, expired);
                Assert.Equal(("drift \"17\"\\\n", "3"), (labels.Metric["sweep"], labels.Value));
                Assert.Equal("node1-abc", (await AskAsync(address, "target_info")).Metric["service_instance_id"]);
                const string claims = "sweeps_lease_call_duration_seconds_bucket{le=\"0.0025\",call=\"claim\"}";
                Assert.Equal("1", (await AskAsync(address, claims)).Value);
                Assert.Equal("1", (await AskAsync(address, "up == 1")).Value);
            }
            finally
            {
                prometheus.Kill();
                await prometheus.WaitForExitAsync();
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static int FreePort()
    {
        using var any = new TcpListener(IPAddress.Loopback, 0);
        any.Start();
        return ((IPEndPoint)any.LocalEndpoint).Port;
    }

    private async Task<(Dictionary<string, string> Metric, string Value)> AskAsync(string prometheus, string query)
    {
        (Dictionary<string, string> Metric, string Value) found = ([], "");
        async Task<bool> IsThereAsync()
        {
            try
            {
                string answer = await client.GetStringAsync(
                    new Uri($"http://{prometheus}/api/v1/query?query={Uri.EscapeDataString(query)}"));
                var result = JsonDocument.Parse(answer).RootElement.GetProperty("data").GetProperty("result");
                if (result.GetArrayLength() == 0) return false;
                Assert.Equal(1, result.GetArrayLength());
                found = (
                    result[0].GetProperty("metric").Deserialize<Dictionary<string, string>>()!,
                    result[0].GetProperty("value")[1].GetString()!);
                return true;
            }
            catch (HttpRequestException)
            {
                return false; // not up yet
            }
        }

        await Polling.UntilAsync(IsThereAsync, Journal.Deadline);
        return found;
    }
}
