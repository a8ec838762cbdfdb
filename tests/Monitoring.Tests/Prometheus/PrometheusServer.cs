using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sweeps.Monitoring.Tests.Prometheus;

/// <summary>A real Prometheus (Debian's package; tests/run installs it) that asks a few pages several times a second.</summary>
internal sealed partial class PrometheusServer : IAsyncDisposable
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("sweeps-prometheus-");
    private readonly HttpClient client = new() { Timeout = Deadline };
    private Process? process;
    private Task<string>? rest;

    /// <param name="job">Under which it scrapes.</param>
    /// <param name="targets">Host and port of each page, <c>/metrics</c>.</param>
    public static async Task<PrometheusServer> StartAsync(string job, params string[] targets)
    {
        var started = new PrometheusServer();
        try
        {
            await started.RunAsync(job, targets);
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    /// <returns>The values of each series at a moment.</returns>
    public async Task<IReadOnlyList<double>> AskAsync(string query) => Values(
        await GetAsync($"query?query={Uri.EscapeDataString(query)}"), series => [series.GetProperty("value")]);

    /// <returns>The values of each series over some seconds until now, one a second.</returns>
    public async Task<IReadOnlyList<double>> AskAsync(string query, TimeSpan until, TimeProvider time)
    {
        double now = time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        string range = string.Create(CultureInfo.InvariantCulture, $"&start={now - until.TotalSeconds:F3}&end={now:F3}&step=1");
        return Values(
            await GetAsync($"query_range?query={Uri.EscapeDataString(query)}{range}"),
            series => series.GetProperty("values").EnumerateArray());
    }

    /// <returns>The values of a label, among the series of a selector.</returns>
    public async Task<string[]> LabelValuesAsync(string selector, string label) =>
        (await GetAsync($"label/{label}/values?match[]={Uri.EscapeDataString(selector)}")).Deserialize<string[]>()!;

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            process.Kill();
            await process.WaitForExitAsync();
            if (rest is not null) await rest;
            process.Dispose();
        }
        client.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task RunAsync(string job, string[] targets)
    {
        string settings = Path.Combine(folder.FullName, "prometheus.yml");
        await File.WriteAllTextAsync(
            settings,
            $"global: {{ scrape_interval: 500ms, scrape_timeout: 500ms }}\nscrape_configs:\n- job_name: {job}\n"
            + $"  static_configs: [{{ targets: [{string.Join(", ", targets.Select(target => $"'{target}'"))}] }}]\n");
        process = Process.Start(new ProcessStartInfo(
            "prometheus",
            [$"--config.file={settings}", $"--storage.tsdb.path={folder.FullName}/data", "--web.listen-address=127.0.0.1:0"])
        {
            RedirectStandardError = true,
        })!;
        // It says which port it was given, and when it is ready, in either order; what it says later must be read as well, or it would wait.
        using var deadline = new CancellationTokenSource(Deadline, TimeProvider.System);
        List<string> said = [];
        bool isReady = false;
        while (await process.StandardError.ReadLineAsync(deadline.Token) is { } line)
        {
            said.Add(line);
            if (ListeningOn().Match(line) is { Success: true } match) client.BaseAddress = new($"http://{match.Groups[1].Value}/api/v1/");
            isReady |= line.Contains("Server is ready", StringComparison.Ordinal);
            if (!isReady || client.BaseAddress is null) continue;
            rest = process.StandardError.ReadToEndAsync(CancellationToken.None);
            return;
        }
        throw new InvalidOperationException($"Prometheus has ended: {string.Join('\n', said)}");
    }

    private async Task<JsonElement> GetAsync(string question)
    {
        using var answer = await client.GetAsync(new Uri(question, UriKind.Relative));
        string text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonDocument.Parse(text).RootElement.GetProperty("data")
            : throw new HttpRequestException($"{Uri.UnescapeDataString(question)}: {text}");
    }

    private static double[] Values(JsonElement data, Func<JsonElement, IEnumerable<JsonElement>> valuesOf) =>
    [
        .. data.GetProperty("result").EnumerateArray().SelectMany(valuesOf).Select(pair => pair[1].GetString() switch
        {
            "+Inf" => double.PositiveInfinity,
            "-Inf" => double.NegativeInfinity,
            var number => double.Parse(number!, CultureInfo.InvariantCulture),
        }),
    ];

    [GeneratedRegex(@"msg=""Listening on"" address=(\S+)")]
    private static partial Regex ListeningOn();
}
