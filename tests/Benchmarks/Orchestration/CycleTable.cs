using Sweeps.Benchmarks.Comparisons;

namespace Sweeps.Benchmarks.Orchestration;

/// <summary>Cycles per second at each number of claimers, one at a time and in batches, and what they cost.</summary>
internal sealed class CycleTable(BenchCluster cluster, ClusterOptions options, TextWriter output)
{
    private const double SingleAim = 1500, BatchedAim = 6000, LatencyAim = 50, ShareAim = 1;

    /// <summary>Chunks are cut to take so long on one core.</summary>
    private const double ChunkSeconds = 5;

    public async Task<CycleFigures> RunAsync()
    {
        output.WriteLine();
        output.WriteLine(
            $"== cycles: claim and complete on a sweep of {BenchCluster.Chunks} chunks; {options.Seconds:0.#} s after {options.WarmUp:0.#} s of warm-up");
        output.WriteLine(
            $"          core ms per cycle; share = of {ChunkSeconds:0} core seconds of work; the table's rows and megabytes (with indexes) at the end");
        PlainTable table = new(
            output, new("batch", 5), new("claimers", 8), new("cycles/s", 8, "F0"), new("claim p50", 9, "F1"),
            new("p95", 6, "F1"), new("p99 [ms]", 8, "F1"),
            new("host ms", 7, "F3"), new("server ms", 9, "F3"), new("share [%]", 9, "F3"), new("WAL B/cycle", 11, "F0"),
            new("rows", 7), new("dead", 7),
            new("MB", 6, "F1"), new("load", 5));
        table.Header();
        double single = double.NaN, batched = double.NaN, tail = double.NaN, share = double.NaN;
        foreach (int batch in options.Batches)
        {
            foreach (int claimers in options.Claimers)
            {
                var seen = await new CycleCase(cluster, claimers, batch).RunAsync(options.WarmUp, options.Seconds).ConfigureAwait(false);
                double percent = 100 * seen.Spent.Sum / seen.Cycles / ChunkSeconds;
                table.Row(
                    batch, claimers, seen.Rate, seen.Claims.Quantile(0.5), seen.Claims.Quantile(0.95), seen.Claims.Quantile(0.99),
                    1000 * seen.Spent.Host / seen.Cycles, 1000 * seen.Spent.Server / seen.Cycles, percent, (double)seen.LogBytes / seen.Cycles,
                    seen.Size.Rows, seen.Size.DeadRows, (seen.Size.TableBytes + seen.Size.IndexBytes) / 1e6, Machine.Load());
                if (batch == 1) single = Greatest(single, seen.Rate);
                else batched = Greatest(batched, seen.Rate);
                if (claimers == 64) tail = Greatest(tail, seen.Claims.Quantile(0.95));
                share = Greatest(share, percent);
            }
        }
        Aim("one at a time, cycles/s at best", single, SingleAim, atLeast: true);
        Aim("in batches, cycles/s at best", batched, BatchedAim, atLeast: true);
        Aim("p95 of a claim at 64 claimers [ms]", tail, LatencyAim, atLeast: false);
        Aim("greatest share of orchestration [%]", share, ShareAim, atLeast: false);
        return new(single, batched);
    }

    private static double Greatest(double before, double now) => double.IsNaN(before) ? now : Math.Max(before, now);

    private void Aim(string what, double seen, double aim, bool atLeast)
    {
        if (double.IsNaN(seen)) return;
        bool met = atLeast ? seen >= aim : seen <= aim;
        output.WriteLine(FormattableString.Invariant(
            $"aim: {what}: {seen:0.###}, {(atLeast ? "at least" : "at most")} {aim:0}: {(met ? "met" : "missed")}"));
    }
}
