using System.Buffers;
using System.Globalization;
using OpenTelemetry.Resources;
using Sweeps.Grains.Telemetry.Exposition;
using Sweeps.Grains.Telemetry.Recording;

namespace Sweeps.Benchmarks.Recording;

/// <summary>One scrape of a process of a thousand lanes that have all told everything.</summary>
internal static class ScrapeCase
{
    /// <summary>Milliseconds.</summary>
    public const double Aim = 50;

    private const int Lanes = 1000;
    private const int Sweeps = 20;
    private const int Scrapes = 100;

    /// <returns>The median, ms.</returns>
    public static async Task<double> RunAsync(TimeProvider time, TextWriter output)
    {
        using SweepsMetrics metrics = new(time);
        using MetricsExposition exposition = new(metrics, Resource.Empty);
        List<IDisposable> watched = [];
        for (int number = 0; number < Lanes; number++)
        {
            LaneLabels lane = new(number, number % 2 == 0 ? "cpu" : "cuda");
            watched.Add(metrics.Leases.Watch(lane, () => new(3, TimeSpan.FromSeconds(12.345), TimeSpan.FromSeconds(4.567))));
            watched.Add(metrics.Lanes.Watch(lane, () => LaneState.Working));
            watched.Add(metrics.Lanes.WatchMemory(lane, () => 12_345_678_901, 85_899_345_920));
            metrics.Lanes.Computed(lane, TimeSpan.FromSeconds(1.25 * number));
            metrics.Lanes.Worked(lane, TimeSpan.FromSeconds(1.5 * number), 1);
        }
        for (int number = 0; number < Sweeps; number++)
        {
            string sweep = FormattableString.Invariant($"drift-{number}");
            using var work = metrics.Chunks.Work(sweep, "gaussian-mixture", ["t_speciation", "t_collapse"]);
            work.PointsFinished("cpu", 1000, 1);
            work.Deviates(0, 1.5);
            work.ChunkStaged("cpu", TimeSpan.FromSeconds(5));
            work.ChunkSettled("cpu");
            metrics.Datasets.Placed(sweep, DatasetTable.Points, 1000, 100_000);
        }
        ArrayBufferWriter<byte> page = new();
        List<double> milliseconds = [];
        for (int scrape = 0; scrape < Scrapes + 10; scrape++)
        {
            page.ResetWrittenCount();
            long begunAt = time.GetTimestamp();
            await exposition.WriteAsync(page, ExpositionFormat.PrometheusText).ConfigureAwait(false);
            if (scrape >= 10) milliseconds.Add(time.GetElapsedTime(begunAt).TotalMilliseconds);
        }
        milliseconds.Sort();
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"scrape of {Lanes} lanes: {page.WrittenSpan.Count((byte)'\n')} lines, {page.WrittenCount / 1024} KiB, "
            + $"median {milliseconds[Scrapes / 2]:F2} ms, 95 % {milliseconds[Scrapes * 95 / 100]:F2} ms, longest {milliseconds[^1]:F2} ms; "
            + $"aim {Aim} ms"))
            .ConfigureAwait(false);
        foreach (var each in watched) each.Dispose();
        return milliseconds[Scrapes / 2];
    }
}
