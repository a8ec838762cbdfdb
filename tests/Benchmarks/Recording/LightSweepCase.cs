using System.Buffers;
using System.Globalization;
using OpenTelemetry.Resources;
using Sweeps.Compute.Experiments;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Hosts.Local;
using Sweeps.Grains.Specs;
using Sweeps.Grains.Telemetry.Exposition;
using Sweeps.Grains.Telemetry.Recording;
using Sweeps.Grains.Telemetry.Traces;
using Sweeps.Grains.Workers;

namespace Sweeps.Benchmarks.Recording;

/// <summary>A sweep of the lightest points there are, to the end of its computing and merging, with and without recording.</summary>
internal static class LightSweepCase
{
    private const string Spec =
        """
        name: light
        experiment: gaussian-mixture
        axes:
          separation: { from: 0.5, to: 2, count: 200 }
          drift: { from: 0, to: 1.5, count: 100 }
        fixed: { dimension: 4, samples: 64, steps: 20, training_points: 16 }
        times: []
        measure: [speciation]
        seed: 1
        """;

    private static readonly TimeSpan BetweenScrapes = TimeSpan.FromSeconds(1);

    public static async Task RunAsync(int pairs, TimeProvider time, TextWriter output)
    {
        var reading = SpecReader.Read(Spec, "light.yaml", [], ExperimentCatalogue.All);
        if (!reading.IsValid) throw new InvalidOperationException(string.Join('\n', reading.Mistakes));
        var spec = reading.Spec;
        await SecondsAsync(spec, false, time).ConfigureAwait(false); // the code is compiled
        await SecondsAsync(spec, true, time).ConfigureAwait(false);
        List<double> ratios = [], plain = [], recorded = [];
        for (int pair = 0; pair < pairs; pair++)
        {
            // First the one, then the other: a machine that slows down slows both.
            bool recordedFirst = pair % 2 == 1;
            double first = await SecondsAsync(spec, recordedFirst, time).ConfigureAwait(false);
            double second = await SecondsAsync(spec, !recordedFirst, time).ConfigureAwait(false);
            var (off, on) = recordedFirst ? (second, first) : (first, second);
            plain.Add(off);
            recorded.Add(on);
            ratios.Add(on / off);
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"  pair {pair + 1}: {off:F3} s without, {on:F3} s with, ratio {on / off:F4}"))
                .ConfigureAwait(false);
        }
        long points = new Grains.Planning.PointGrid(spec).Count;
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"light sweep of {points} points: {points / Median(plain):F0} points/s without, {points / Median(recorded):F0} with, scraped "
            + $"each second; median of ratios {Median(ratios):F4}, from {ratios.Min():F4} to {ratios.Max():F4}; aim below 1.01"))
            .ConfigureAwait(false);
    }

    private static async Task<double> SecondsAsync(SweepSpec spec, bool recorded, TimeProvider time)
    {
        string parent = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        string folder = Path.Combine(parent, $"sweeps-telemetry-{Guid.NewGuid():N}");
        try
        {
            using SweepsMetrics metrics = new(time);
            using SweepsTraces traces = new(time);
            using var exposition = recorded ? new MetricsExposition(metrics, Resource.Empty) : null;
            using CancellationTokenSource over = new();
            using LaneProcessor processor = new(Environment.ProcessorCount);
            if (LocalSweep.Open(folder, spec, ExperimentCatalogue.All, time) is not LocalSweepOpening.Opened opened)
                throw new InvalidOperationException($"{folder} was refused");
            using var sweep = opened.Sweep;
            long begunAt = time.GetTimestamp();
            var scraping = exposition is null ? Task.CompletedTask : ScrapeAsync(exposition, time, over.Token);
            var outcome = await sweep.RunAsync(
                [processor], null, CancellationToken.None, recorded ? new(metrics, traces, time) : null).ConfigureAwait(false);
            double seconds = time.GetElapsedTime(begunAt).TotalSeconds;
            await over.CancelAsync().ConfigureAwait(false);
            await scraping.ConfigureAwait(false);
            return outcome is SweepOutcome.Completed ? seconds : throw new InvalidOperationException($"the sweep ended as {outcome}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task ScrapeAsync(MetricsExposition exposition, TimeProvider time, CancellationToken over)
    {
        using PeriodicTimer timer = new(BetweenScrapes, time);
        ArrayBufferWriter<byte> page = new();
        try
        {
            while (await timer.WaitForNextTickAsync(over).ConfigureAwait(false))
            {
                page.ResetWrittenCount();
                await exposition.WriteAsync(page, ExpositionFormat.PrometheusText, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            return;
        }
    }

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
