using Sweeps.Compute.Kernels.Rates;

namespace Sweeps.Benchmarks.Comparisons;

/// <summary>
/// What sizes cost that are no multiple of a tile: the complete score job on one thread, and on all, each in turn with the machine's peak of fused
/// multiply-adds and with the even size beside it.
/// </summary>
internal static class ScoreSizes
{
    private static readonly (int Dimension, int Points, int Queries)[] Sizes =
    [
        (256, 20_000, 1024), (255, 19_999, 1023), (257, 20_001, 1025), (250, 19_969, 993), (64, 20_000, 1024), (67, 19_999, 1001),
        (1024, 20_000, 1024), (1023, 19_999, 1023), (1031, 20_011, 1009),
    ];

    public static int Run(TimeProvider time, TextWriter output)
    {
        Machine.Print(output);
        output.WriteLine($"job       complete score, packing included, 4 M n d operations; best of {Rounds.Count} interleaved rounds");
        var table = new PlainTable(
            output, new("threads", 7), new("d", 4), new("n", 6), new("M", 5), new("GFLOP/s", 7, "F1"), new("peak", 7, "F1"), new("of peak", 7, "F3"),
            new("load", 5));
        table.Header();
        foreach (int threads in new[] { 1, Environment.ProcessorCount }.Distinct())
            foreach (var (dimension, points, queries) in Sizes) Row(time, table, threads, dimension, points, queries);
        return 0;
    }

    private static void Row(TimeProvider time, PlainTable table, int threads, int dimension, int points, int queries)
    {
        IKernelWork[] score = [.. Enumerable.Range(0, threads).Select(thread => new ScoreRate.Work(dimension, points, queries, (uint)thread))];
        IKernelWork[] peak = [.. Enumerable.Range(0, threads).Select(_ => new FmaPeak.Work(1 << 23))];
        Timing[] timings = Rounds.Run([Side("score", score), Side("peak", peak)]);
        double rate = score.Sum(work => work.UnitsOfWork) / timings[0].Best / 1e9, most = peak.Sum(work => work.UnitsOfWork) / timings[1].Best / 1e9;
        table.Row(threads, dimension, points, queries, rate, most, rate / most, Machine.Load());
        foreach (IKernelWork work in score.Concat(peak)) work.Dispose();

        Side Side(string name, IKernelWork[] works) => new(name, () => Rounds.Time(time, () => Run(works)));
    }

    private static void Run(IKernelWork[] works)
    {
        Thread[] others = [.. works.Skip(1).Select(work => new Thread(work.Run))];
        foreach (Thread other in others) other.Start();
        works[0].Run();
        foreach (Thread other in others) other.Join();
    }
}
