using Sweeps.Grains.Hosts;
using Sweeps.Grains.Hosts.Postgres;
using Sweeps.Grains.Leases;

namespace Sweeps.Benchmarks.Orchestration;

/// <summary>Claimers that do nothing but claim some chunks and complete them, again and again, while somebody keeps house.</summary>
internal sealed class CycleCase(BenchCluster cluster, int claimers, int batch)
{
    private static readonly TimeSpan HousekeepingPeriod = TimeSpan.FromSeconds(1);

    private readonly Latencies[] claims = [.. Enumerable.Range(0, claimers).Select(_ => new Latencies())];
    private readonly long[] cycles = new long[claimers];

    // Written by one thread, and read by the claimers.
    private volatile bool isMeasuring, isOver;

    /// <summary>What was seen in <paramref name="seconds"/> after the warm-up.</summary>
    public async Task<CycleOutcome> RunAsync(double warmUp, double seconds)
    {
        var sweep = await cluster.NewSweepAsync("cycles").ConfigureAwait(false);
        List<PostgresSiloServer> silos = [];
        for (int first = 0; first < claimers; first += BenchCluster.LanesPerSilo)
            silos.Add(await cluster.NewSiloAsync(Math.Min(BenchCluster.LanesPerSilo, claimers - first)).ConfigureAwait(false));
        Task[] work =
        [
            .. Enumerable.Range(0, claimers).Select(i => Task.Run(
                () => ClaimAsync(silos[i / BenchCluster.LanesPerSilo], sweep, i))),
            Task.Run(() => KeepHouseAsync(silos[0])),
        ];
        try
        {
            await PauseAsync(warmUp).ConfigureAwait(false);
            long log = await cluster.LogPositionAsync().ConfigureAwait(false);
            var (before, start) = (cluster.ProcessorSeconds(), cluster.Time.GetTimestamp());
            isMeasuring = true;
            await PauseAsync(seconds).ConfigureAwait(false);
            isMeasuring = false;
            var taken = cluster.Time.GetElapsedTime(start);
            long written = await cluster.LogPositionAsync().ConfigureAwait(false) - log;
            var spent = cluster.ProcessorSeconds() - before;
            var size = await cluster.TableSizeAsync().ConfigureAwait(false);
            isOver = true;
            await Task.WhenAll(work).ConfigureAwait(false);
            Latencies all = new();
            foreach (var each in claims) all.Add(each);
            return new(cycles.Sum(), taken.TotalSeconds, all, spent, written, size);
        }
        finally
        {
            isOver = true;
            foreach (var silo in silos)
            {
                await silo.LeaveAsync(CancellationToken.None).ConfigureAwait(false);
                await silo.DisposeAsync().ConfigureAwait(false);
            }
            await cluster.EndSweepAsync(sweep).ConfigureAwait(false);
        }
    }

    private Task PauseAsync(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), cluster.Time);

    // As silos have it: a grain for each lane, a pool of connections for all of a silo's.
    private async Task ClaimAsync(PostgresSiloServer silo, SweepRecord sweep, int claimer)
    {
        var grain = silo.GrainOf(sweep, _ => BenchCluster.PointsPerChunk);
        string worker = silo.WorkerOf(claimer % BenchCluster.LanesPerSilo);
        while (!isOver)
        {
            long start = cluster.Time.GetTimestamp();
            var answer = await grain.ClaimAsync(worker, batch).ConfigureAwait(false);
            if (answer.Leases.Length != batch)
                throw new InvalidOperationException($"{answer.Leases.Length} of {batch} chunks were granted: {answer.Refusal}");
            if (isMeasuring) claims[claimer].Add(cluster.Time.GetElapsedTime(start));
            var refusals = await grain.CompleteAsync([.. answer.Leases.Select(Done)]).ConfigureAwait(false);
            if (refusals.FirstOrDefault(one => one is not null) is { } refusal)
                throw new InvalidOperationException($"a completion was refused: {refusal}");
            if (isMeasuring) cycles[claimer] += batch;
        }
    }

    private static Completion Done(Lease lease) => new(lease.Id, BenchCluster.PointsPerChunk, 0);

    private async Task KeepHouseAsync(PostgresSiloServer silo)
    {
        using var timer = new PeriodicTimer(HousekeepingPeriod, cluster.Time);
        while (!isOver)
        {
            await silo.BeatAsync(false, CancellationToken.None).ConfigureAwait(false);
            await silo.HousekeepAsync(CancellationToken.None).ConfigureAwait(false);
            await timer.WaitForNextTickAsync().ConfigureAwait(false);
        }
    }
}

/// <param name="Cycles">Chunks claimed and completed.</param>
/// <param name="Seconds">In this time.</param>
/// <param name="Claims">Of each claim.</param>
/// <param name="Spent">Cores' seconds.</param>
/// <param name="LogBytes">Of the write-ahead log.</param>
/// <param name="Size">The table's, at the end.</param>
internal sealed record CycleOutcome(long Cycles, double Seconds, Latencies Claims, ProcessorSeconds Spent, long LogBytes, TableSize Size)
{
    public double Rate => Cycles / Seconds;
}
