using Sweeps.Benchmarks.Comparisons;
using Sweeps.Grains.Hosts.Postgres;

namespace Sweeps.Benchmarks.Orchestration;

/// <summary>
/// So many workers for an hour of virtual time: the share of real time that the database needs for it. Rows stay in the hot table for ninety
/// real seconds, so that it is larger than in life by virtual / real.
/// </summary>
internal sealed class HourReport(BenchCluster cluster, ClusterOptions options, TextWriter output)
{
    private const int InFlight = 64;
    private const int ManySilos = 10_000;

    // All lanes look for their first sweep then, one after the other.
    private const double Beginning = 15;

    public async Task RunAsync()
    {
        output.WriteLine();
        output.WriteLine(FormattableString.Invariant(
            $"== hour: {options.Workers} workers, {BenchCluster.LanesPerSilo} to a silo, {options.Minutes:0.##} virtual minutes, {InFlight} calls at a time"));
        var sweep = await cluster.NewSweepAsync("hour").ConfigureAwait(false);
        using VirtualClock clock = new(InFlight);
        Calls calls = new(cluster.Time);
        List<(PostgresSiloServer Server, VirtualSilo Silo)> silos = [];
        try
        {
            for (int first = 0; first < options.Workers; first += BenchCluster.LanesPerSilo)
            {
                int lanes = Math.Min(BenchCluster.LanesPerSilo, options.Workers - first);
                var server = await cluster.NewSiloAsync(lanes).ConfigureAwait(false);
                silos.Add((server, new(silos.Count, server, lanes, sweep, clock, calls)));
            }
            long begun = cluster.Time.GetTimestamp();
            await clock.RunAsync(Beginning, () => false).ConfigureAwait(false);
            Say($"          not counted: the first {Beginning:F0} virtual s, in {cluster.Time.GetElapsedTime(begun).TotalSeconds:F1} real s");
            calls.Forget();
            long log = await cluster.LogPositionAsync().ConfigureAwait(false);
            var (before, start) = (cluster.ProcessorSeconds(), cluster.Time.GetTimestamp());
            await clock.RunAsync(Beginning + options.Minutes * 60, () => cluster.Time.GetElapsedTime(start).TotalSeconds > options.Longest)
                .ConfigureAwait(false);
            double real = cluster.Time.GetElapsedTime(start).TotalSeconds;
            var spent = cluster.ProcessorSeconds() - before;
            long written = await cluster.LogPositionAsync().ConfigureAwait(false) - log;
            var size = await cluster.TableSizeAsync().ConfigureAwait(false);
            Print(clock, calls, [.. silos.SelectMany(each => each.Silo.Lanes)], silos.Count, real, spent, written, size);
        }
        finally
        {
            foreach (var (server, _) in silos) await server.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void Print(
        VirtualClock clock, Calls calls, VirtualLane[] lanes, int silos, double real, ProcessorSeconds spent, long written, TableSize size)
    {
        double seconds = clock.Now - Beginning, rate = calls.Count / real;
        PlainTable table = new(
            output, new("call", -12), new("count", 9), new("per virtual s", 13, "F1"), new("p50 [ms]", 8, "F2"),
            new("p95", 7, "F2"), new("p99", 7, "F2"), new("share of waits [%]", 18, "F1"));
        table.Header();
        double waits = calls.All.Sum(call => call.Taken.SumSeconds);
        foreach (var (name, taken) in calls.All)
        {
            table.Row(
                name, taken.Count, taken.Count / seconds, taken.Quantile(0.5), taken.Quantile(0.95), taken.Quantile(0.99),
                100 * taken.SumSeconds / waits);
        }
        Say($"virtual   {seconds:F0} s in {real:F1} real s: utilisation {real / seconds:F3}; load {Machine.Load()}");
        if (seconds < options.Minutes * 60 - 1) Say($"          broken off after --longest {options.Longest:F0} real seconds");
        Say($"calls     {calls.Count}, {rate:F0} per real second; {lanes.Sum(lane => (long)lane.Done)} chunks completed, with the beginning");
        Say($"table     {size.Rows} rows, {size.DeadRows} dead, {(size.TableBytes + size.IndexBytes) / 1e6:F1} MB; WAL {written / 1e6:F1} MB");
        Say($"cores     host {spent.Host:F1} s, server {spent.Server:F1} s: {100 * spent.Sum / (lanes.Length * seconds):F3} % of the workers' time");
        Say($"lanes     without a chunk, waiting for an answer, {lanes.Sum(lane => lane.Starved)} times");
        // Everything that a silo asks grows with the silos, at the same cost of a call at best: the rate that this machine answered bounds it.
        double perSilo = calls.Count / seconds / silos, wanted = perSilo * ManySilos;
        Say($"on paper  {ManySilos} silos ask {perSilo:F2} calls per silo and second (seen here) × {ManySilos} = {wanted:F0} calls/s;");
        Say($"          utilisation = {wanted:F0} / {rate:F0} calls/s (answered here) = {wanted / rate:F1} of this machine, if a call costs as much");
    }

    private void Say(FormattableString line) => output.WriteLine(FormattableString.Invariant(line));
}
