using Sweeps.Grains.Hosts;
using Sweeps.Grains.Hosts.Postgres;

namespace Sweeps.Benchmarks.Orchestration;

/// <summary>A silo whose lanes compute in virtual time: all it asks of the database is real.</summary>
internal sealed class VirtualSilo
{
    // As the silo's loops have it with its usual timing; it looks for datasets to work on each half to whole second.
    private const double Heartbeat = 2, Housekeeping = 1, Datasets = 0.75;

    private readonly PostgresSiloServer server;
    private readonly VirtualClock clock;
    private readonly Calls calls;

    /// <param name="number">Spreads what silos do over time.</param>
    /// <param name="server">Registered with so many lanes.</param>
    /// <param name="lanes">Its lanes.</param>
    /// <param name="sweep">On which all work.</param>
    /// <param name="clock">Tells when to act.</param>
    /// <param name="calls">Counts.</param>
    public VirtualSilo(int number, PostgresSiloServer server, int lanes, SweepRecord sweep, VirtualClock clock, Calls calls)
    {
        (this.server, this.clock, this.calls) = (server, clock, calls);
        Lanes = [.. Enumerable.Range(0, lanes).Select(lane => new VirtualLane(
            number * BenchCluster.LanesPerSilo + lane, lane, server, server.GrainOf(sweep, _ => BenchCluster.PointsPerChunk), clock, calls))];
        Every(Heartbeat, number, BeatAsync);
        Every(Housekeeping, number, () => calls.AskAsync("housekeeping", async () =>
        {
            await server.HousekeepAsync(CancellationToken.None).ConfigureAwait(false);
            return true;
        }));
        Every(Datasets, number, LookForDatasetAsync);
    }

    public VirtualLane[] Lanes { get; }

    private async Task BeatAsync()
    {
        if (!await calls.AskAsync("beat", () => server.BeatAsync(false, CancellationToken.None)).ConfigureAwait(false))
            throw new InvalidOperationException($"silo {server.Silo} was given up");
    }

    private async Task LookForDatasetAsync()
    {
        if (await calls.AskAsync("dataset", () => server.TakeDatasetJobAsync(CancellationToken.None)).ConfigureAwait(false) is { } job)
            throw new InvalidOperationException($"there is work on the dataset of {job.Sweep.Folder}");
    }

    private void Every(double period, int number, Func<Task> act)
    {
        double phase = Spread.Of(number, 0) * period;
        clock.At(phase, () => AgainAsync(phase));

        async Task AgainAsync(double moment)
        {
            await act().ConfigureAwait(false);
            clock.At(moment + period, () => AgainAsync(moment + period));
        }
    }
}
