using System.Globalization;
using Sweeps.Benchmarks.Comparisons;

namespace Sweeps.Benchmarks.Watching;

/// <summary>What a dashboard costs while nobody, some and many follow one sweep that goes on.</summary>
internal sealed class WatchersCase(WatchedCluster cluster, TimeSpan measured, TimeProvider time, TextWriter output)
{
    /// <summary>Share of a core.</summary>
    public const double Aim = 0.1;

    // Somebody pauses and resumes it in turns, so that there are news however slow this machine is: a little less often than a page is told
    // of them, or it would be found as it was.
    private static readonly TimeSpan BetweenNews = TimeSpan.FromMilliseconds(1100);

    // Connections are made and code is compiled before that.
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(10);

    // Enough for the whole benchmark on one core: some half an hour, in chunks of a few seconds.
    private const string Spec = """
        name: watched
        experiment: gaussian-mixture
        axes:
          separation: { from: 0.5, to: 2, count: 50 }
          drift: { from: 0, to: 1.5, count: 50 }
        fixed: { dimension: 64, stiffness: 4, samples: 4096, steps: 500, training_points: 2000 }
        times: { from: 0.5, to: 6, count: 12 }
        measure: [speciation, collapse]
        seed: 7

        """;

    /// <returns>The share of a core with most watchers.</returns>
    public async Task<double> RunAsync(int watchers, CancellationToken cancellation)
    {
        string id = await cluster.SubmitAsync(Spec, false, cancellation).ConfigureAwait(false);
        var dashboard = await DashboardProcess.StartAsync(cluster, cancellation).ConfigureAwait(false);
        await using (dashboard.ConfigureAwait(false))
        {
            using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = int.MaxValue };
            using var client = new HttpClient(handler) { BaseAddress = dashboard.Address, Timeout = Timeout.InfiniteTimeSpan };
            await SomethingToSeeAsync(client, id, cancellation).ConfigureAwait(false);
            await output.WriteLineAsync(
                "| watchers | fetch figures | core % | events each and minute | figures each | MB/s sent | memory MB | points | load |")
                .ConfigureAwait(false);
            await output.WriteLineAsync("|---|---|---|---|---|---|---|---|---|").ConfigureAwait(false);
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var news = MakeNewsAsync(id, enough.Token);
            await MeasureAsync(0, false).ConfigureAwait(false);
            if (watchers > 20) await MeasureAsync(20, false).ConfigureAwait(false);
            double streams = await MeasureAsync(watchers, false).ConfigureAwait(false);
            double pages = await MeasureAsync(watchers, true).ConfigureAwait(false);
            await enough.CancelAsync().ConfigureAwait(false);
            await news.ConfigureAwait(false);
            await cluster.CancelAsync(id, cancellation).ConfigureAwait(false);
            return Math.Max(streams, pages);

            async Task<double> MeasureAsync(int count, bool figures)
            {
                using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                Watcher[] all = [.. Enumerable.Range(0, count).Select(_ => new Watcher(client, $"/sweeps/{id}", figures, time))];
                var following = Task.WhenAll(all.Select(each => each.FollowAsync(over.Token)));
                await Task.WhenAny(Task.WhenAll(all.Select(each => each.Heard)), following).ConfigureAwait(false);
                if (count > 0 && following.IsFaulted) await following.ConfigureAwait(false);
                await Task.Delay(Before, time, cancellation).ConfigureAwait(false);

                long pointsBefore = await cluster.PointsDoneAsync(id, cancellation).ConfigureAwait(false);
                var countsBefore = Sum(all);
                double spentBefore = dashboard.ProcessorSeconds;
                long begun = time.GetTimestamp();
                await Task.Delay(measured, time, cancellation).ConfigureAwait(false);
                double seconds = time.GetElapsedTime(begun).TotalSeconds, spent = dashboard.ProcessorSeconds - spentBefore;
                var counts = Sum(all) - countsBefore;
                long points = await cluster.PointsDoneAsync(id, cancellation).ConfigureAwait(false) - pointsBefore;
                double each = 1.0 / Math.Max(1, count);
                await output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {count} | {(figures ? "yes" : "no")} | {100 * spent / seconds:F1} | {each * counts.Events * 60 / seconds:F0} "
                    + $"| {each * counts.Figures:F1} | {counts.Bytes / seconds / 1e6:F2} | {dashboard.MegabytesInMemory:F0} | {points} "
                    + $"| {Machine.Load()} |"))
                    .ConfigureAwait(false);
                await over.CancelAsync().ConfigureAwait(false);
                await following.ConfigureAwait(false);
                return spent / seconds;
            }
        }
    }

    private static WatcherCounts Sum(Watcher[] all) => all.Aggregate(default(WatcherCounts), (sum, each) => sum + each.Counts);

    private async Task MakeNewsAsync(string id, CancellationToken enough)
    {
        var server = await cluster.OpenAsync(time, enough).ConfigureAwait(false);
        await using (server.ConfigureAwait(false))
        {
            using var timer = new PeriodicTimer(BetweenNews, time);
            try
            {
                for (bool pauses = true; await timer.WaitForNextTickAsync(enough).ConfigureAwait(false); pauses = !pauses)
                    await (pauses ? server.PauseAsync(id, enough) : server.ResumeAsync(id, null, enough)).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (enough.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task SomethingToSeeAsync(HttpClient client, string id, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        while (await cluster.PointsDoneAsync(id, cancellation).ConfigureAwait(false) == 0)
            await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false);
        // Somebody has opened the page before.
        await client.GetByteArrayAsync(new Uri($"/sweeps/{id}", UriKind.Relative), cancellation).ConfigureAwait(false);
        await client.GetByteArrayAsync(new Uri($"/sweeps/{id}/figure", UriKind.Relative), cancellation).ConfigureAwait(false);
    }
}
