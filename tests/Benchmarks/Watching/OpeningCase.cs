using System.Globalization;
using System.Text.Json;
using Sweeps.Benchmarks.Comparisons;

namespace Sweeps.Benchmarks.Watching;

/// <summary>How long the page of a large sweep takes to open, with its phase diagram.</summary>
internal sealed class OpeningCase(WatchedCluster cluster, TimeProvider time, TextWriter output)
{
    /// <summary>Seconds, for a figure that nobody has looked at.</summary>
    public const double Aim = 1;

    private const int Repetitions = 9;

    // As many figures that nobody has seen.
    private static readonly string[] Figures =
        ["what=theory", "what=residual", "what=z", "quantity=s_speciation", "quantity=t_entropy_peak"];

    /// <returns>
    /// Median seconds of a page and a figure that nobody has looked at, in a dashboard that is at work: until a client has their bytes, and
    /// until chromium has painted them, null where it is not there.
    /// </returns>
    public async Task<(double Answered, double? Painted)> RunAsync(int points, CancellationToken cancellation)
    {
        long begun = time.GetTimestamp();
        string id = await cluster.SubmitAsync(SpecOf(points), true, cancellation).ConfigureAwait(false);
        await SayAsync($"a sweep of {await cluster.PointsDoneAsync(id, cancellation).ConfigureAwait(false)} points, "
            + $"computed in {time.GetElapsedTime(begun).TotalSeconds:F0} s; load {Machine.Load()}").ConfigureAwait(false);
        double cold;
        var dashboard = await DashboardProcess.StartAsync(cluster, cancellation).ConfigureAwait(false);
        await using (dashboard.ConfigureAwait(false))
        {
            using var client = new HttpClient { BaseAddress = dashboard.Address };
            client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip, deflate, br, zstd"); // as browsers do
            string page = $"/sweeps/{id}";
            await SayAsync("| opened | page [ms] | figure [ms] | page kB | figure kB |").ConfigureAwait(false);
            await SayAsync("|---|---|---|---|---|").ConfigureAwait(false);
            await OpenAsync("for the first time in a dashboard just started", page, "").ConfigureAwait(false);
            List<double> unseen = [], again = [];
            foreach (string figure in Figures)
                unseen.Add(await OpenAsync($"another figure ({figure})", page, $"?{figure}").ConfigureAwait(false));
            for (int i = 0; i < Repetitions; i++) again.Add(await OpenAsync(null, page, "").ConfigureAwait(false));
            cold = Median(unseen);
            await SayAsync($"page and figure together: {1000 * cold:F0} ms for a figure that nobody has seen, "
                + $"{1000 * Median(again):F0} ms again (medians); dashboard {dashboard.MegabytesInMemory:F0} MB; load {Machine.Load()}")
                .ConfigureAwait(false);

            async Task<double> OpenAsync(string? name, string address, string query)
            {
                var (pageSeconds, pageBytes) = await GetAsync(client, address + query, cancellation).ConfigureAwait(false);
                var (figureSeconds, figureBytes) = await GetAsync(client, $"{address}/figure{query}", cancellation).ConfigureAwait(false);
                if (name is not null)
                {
                    await SayAsync(
                        $"| {name} | {1000 * pageSeconds:F0} | {1000 * figureSeconds:F0} | {pageBytes / 1000} | {figureBytes / 1000} |")
                        .ConfigureAwait(false);
                }
                return pageSeconds + figureSeconds;
            }
        }
        return (cold, await InChromiumAsync(id, cancellation).ConfigureAwait(false));
    }

    // From the request to the moment at which the figure is painted, in a dashboard of its own.
    private async Task<double?> InChromiumAsync(string id, CancellationToken cancellation)
    {
        string folder = Path.Combine(cluster.Repository, "tests/Browser");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            await SayAsync("in chromium: not measured; npm ci --prefix tests/Browser first").ConfigureAwait(false);
            return null;
        }
        var dashboard = await DashboardProcess.StartAsync(cluster, cancellation).ConfigureAwait(false);
        await using (dashboard.ConfigureAwait(false))
        {
            string told = await Command.RunAsync(
                "node", [Path.Combine(folder, "opening.mjs"), new Uri(dashboard.Address, $"/sweeps/{id}").ToString(), .. Figures],
                new Dictionary<string, string?>(), cancellation).ConfigureAwait(false);
            using var answer = JsonDocument.Parse(told);
            await SayAsync(
                $"in chromium, until the figure is painted: {answer.RootElement.GetProperty("first").GetDouble():F0} ms for the first time "
                + $"in a dashboard just started, {Listed("unseen")} ms for figures that nobody has seen, {Listed("again")} ms again")
                .ConfigureAwait(false);
            return Median(Milliseconds("unseen")) / 1000;

            string Listed(string name) =>
                string.Join(", ", Milliseconds(name).Select(each => each.ToString("F0", CultureInfo.InvariantCulture)));

            List<double> Milliseconds(string name) =>
                [.. answer.RootElement.GetProperty(name).EnumerateArray().Select(each => each.GetDouble())];
        }
    }

    private async Task<(double Seconds, int Bytes)> GetAsync(HttpClient client, string address, CancellationToken cancellation)
    {
        long begun = time.GetTimestamp();
        byte[] bytes = await client.GetByteArrayAsync(new Uri(address, UriKind.Relative), cancellation).ConfigureAwait(false);
        return (time.GetElapsedTime(begun).TotalSeconds, bytes.Length);
    }

    private static string SpecOf(int points)
    {
        int across = (int)Math.Sqrt(points);
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            name: large
            experiment: gaussian-mixture
            axes:
              separation: { from: 0.5, to: 2, count: {{across}} }
              drift: { from: 0, to: 1.5, count: {{points / across}} }
            fixed: { dimension: 4, samples: 64, steps: 20, training_points: 16 }
            times: []
            measure: [speciation]
            seed: 1

            """);
    }

    private Task SayAsync(FormattableString line) => output.WriteLineAsync(line.ToString(CultureInfo.InvariantCulture));

    private Task SayAsync(string line) => output.WriteLineAsync(line);

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
