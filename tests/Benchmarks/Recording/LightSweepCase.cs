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
    /// <summary>Two for each separation.</summary>
    public const int FewestPoints = 2 * Separations;

    /// <summary>Of the time without recording.</summary>
    public const double Aim = 1.01;

    private const int Separations = 250;

    private static readonly TimeSpan BetweenScrapes = TimeSpan.FromSeconds(1);

    /// <returns>Processor time with recording over that without, of each pair, the least first.</returns>
    public static async Task<double[]> RunAsync(int pairs, int points, TimeProvider time, TextWriter output)
    {
        var spec = SpecOf(points / Separations);
        await MeasureAsync(spec, false, time).ConfigureAwait(false); // the code is compiled
        await MeasureAsync(spec, true, time).ConfigureAwait(false);
        List<Cost> plain = [], recorded = [];
        for (int pair = 0; pair < pairs; pair++)
        {
            // First the one, then the other: a machine that slows down slows both.
            bool recordedFirst = pair % 2 == 1;
            var first = await MeasureAsync(spec, recordedFirst, time).ConfigureAwait(false);
            var second = await MeasureAsync(spec, !recordedFirst, time).ConfigureAwait(false);
            var (off, on) = recordedFirst ? (second, first) : (first, second);
            plain.Add(off);
            recorded.Add(on);
            await SayAsync(
                output,
                $"  pair {pair + 1}: {off.Wall:F3} s without, {on.Wall:F3} s with; processors {off.Processors:F3} and {on.Processors:F3} s")
                .ConfigureAwait(false);
        }
        long count = new Grains.Planning.PointGrid(spec).Count;
        double rateWithout = count / Median(plain.Select(cost => cost.Wall)), rateWith = count / Median(recorded.Select(cost => cost.Wall));
        await SayAsync(
            output,
            $"light sweep of {count} points, scraped each second: {rateWithout:F0} points/s plain, {rateWith:F0} with; aim: below {Aim}")
            .ConfigureAwait(false);
        await RatiosAsync("time", cost => cost.Wall).ConfigureAwait(false);
        return await RatiosAsync("processor time", cost => cost.Processors).ConfigureAwait(false);

        async Task<double[]> RatiosAsync(string what, Func<Cost, double> of)
        {
            double[] ratios = [.. plain.Zip(recorded, (off, on) => of(on) / of(off)).Order()];
            await SayAsync(output, $"  {what}, with : without: median {Median(ratios):F4}, from {ratios[0]:F4} to {ratios[^1]:F4}")
                .ConfigureAwait(false);
            return ratios;
        }
    }

    private static Task SayAsync(TextWriter output, FormattableString line) =>
        output.WriteLineAsync(line.ToString(CultureInfo.InvariantCulture));

    private static SweepSpec SpecOf(int drifts)
    {
        var reading = SpecReader.Read(
            FormattableString.Invariant(
                $$"""
                name: light
                experiment: gaussian-mixture
                axes:
                  separation: { from: 0.5, to: 2, count: {{Separations}} }
                  drift: { from: 0, to: 1.5, count: {{drifts}} }
                fixed: { dimension: 4, samples: 64, steps: 20, training_points: 16 }
                times: []
                measure: [speciation]
                seed: 1
                """),
            "light.yaml", [], ExperimentCatalogue.All);
        return reading.IsValid ? reading.Spec : throw new InvalidOperationException(string.Join('\n', reading.Mistakes));
    }

    private static async Task<Cost> MeasureAsync(SweepSpec spec, bool recorded, TimeProvider time)
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
            var (begunAt, spentBefore) = (time.GetTimestamp(), Environment.CpuUsage.TotalTime);
            var scraping = exposition is null ? Task.CompletedTask : ScrapeAsync(exposition, time, over.Token);
            var outcome = await sweep.RunAsync(
                [processor], null, CancellationToken.None, recorded ? new(metrics, traces, time) : null).ConfigureAwait(false);
            Cost cost = new(time.GetElapsedTime(begunAt).TotalSeconds, (Environment.CpuUsage.TotalTime - spentBefore).TotalSeconds);
            await over.CancelAsync().ConfigureAwait(false);
            await scraping.ConfigureAwait(false);
            return outcome is SweepOutcome.Completed ? cost : throw new InvalidOperationException($"the sweep ended as {outcome}");
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

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private readonly record struct Cost(double Wall, double Processors);
}
