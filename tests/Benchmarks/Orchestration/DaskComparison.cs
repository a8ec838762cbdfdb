using Sweeps.Benchmarks.Comparisons;

namespace Sweeps.Benchmarks.Orchestration;

/// <summary>
/// Trivial tasks through the scheduler of Dask: two workers of a thread each, on this machine. Its scheduler keeps everything in memory and
/// forgets it when it ends; a cycle of ours is on disk twice. It also carries the function and its result, and runs it.
/// </summary>
internal static class DaskComparison
{
    private const int Tasks = 5000, RoundCount = 3;

    public static void Run(CycleFigures? ours, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine(
            $"== dask: client.map of {Tasks} tasks `inc`, and gather; two workers of one thread; best of {RoundCount} rounds after one that does not count");
        using var peer = PeerProcess.Python("dask_tasks.py", 1);
        output.WriteLine($"peer      {peer.Ask(new() { ["job"] = "prepare" }).GetProperty("versions").GetString()}");
        double[] seconds =
            [.. Enumerable.Range(0, RoundCount + 1).Select(_ => peer.Seconds(new() { ["job"] = "run", ["tasks"] = Tasks })).Skip(1)];
        double rate = Tasks / seconds.Min();
        output.WriteLine(FormattableString.Invariant(
            $"dask      {rate:F0} tasks/s (median {Tasks / seconds.Order().ElementAt(RoundCount / 2):F0}), load {Machine.Load()}"));
        if (ours is null) return;
        Ratio("one at a time", ours.Single);
        Ratio("in batches", ours.Batched);

        void Ratio(string name, double cycles)
        {
            if (!double.IsNaN(cycles))
                output.WriteLine(FormattableString.Invariant($"ratio     {cycles / rate:F2} of our cycles {name} to a task of Dask"));
        }
    }
}
