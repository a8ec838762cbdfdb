using Sweeps.Benchmarks.Comparisons;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Hosts.Postgres;

namespace Sweeps.Benchmarks.Orchestration;

/// <summary>
/// The command <c>cluster</c>: what orchestration costs on a PostgreSQL server beside the claimers. <c>tests/Benchmarks/cluster</c> starts the
/// server and calls it.
/// </summary>
internal static class ClusterBenchmark
{
    public static async Task<int> RunAsync(string[] arguments, TimeProvider time, TextWriter output, TextWriter errors)
    {
        if (ClusterOptions.Parse(arguments, out string mistake) is not { } options)
        {
            errors.WriteLine($"cluster: {mistake}");
            return 2;
        }
        try
        {
            await PostgresMigrations.RunAsync(options.Server, time, CancellationToken.None).ConfigureAwait(false);
            var cluster = await BenchCluster.OpenAsync(options, time).ConfigureAwait(false);
            await using (cluster.ConfigureAwait(false))
            {
                Machine.Print(output);
                output.WriteLine($"server    {await cluster.DescribeAsync().ConfigureAwait(false)}");
                CycleFigures? best = null;
                if (options.Parts.Contains("cycles")) best = await new CycleTable(cluster, options, output).RunAsync().ConfigureAwait(false);
                if (options.Parts.Contains("dask")) DaskComparison.Run(best, output);
                if (options.Parts.Contains("hour")) await new HourReport(cluster, options, output).RunAsync().ConfigureAwait(false);
            }
            return 0;
        }
        catch (ServerException lost)
        {
            errors.WriteLine($"cluster: {lost.Message}");
            return 3;
        }
        catch (PeerException missing)
        {
            errors.WriteLine($"cluster: {missing.Message}");
            return 3;
        }
    }
}
