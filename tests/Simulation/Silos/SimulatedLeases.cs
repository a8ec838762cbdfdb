using System.Collections.Immutable;
using Sweeps.Grains.Leases;
using Sweeps.Simulation.Faults;
using Sweeps.Simulation.Servers;

namespace Sweeps.Simulation.Silos;

/// <summary>As <c>LaneLeases</c>: renews all that the lane holds each third of their duration, and drops what is refused.</summary>
internal sealed class SimulatedLeases(Silo silo)
{
    private const double Third = SimulatedServer.Lease / 3;

    private readonly List<SimulatedRun> held = [];
    private bool isRenewing;

    public IReadOnlyList<SimulatedRun> All => [.. held];

    public bool IsEnded { get; set; }

    public double Time => silo.Cluster.Bug is PlantedBug.RenewalsByWallClock ? silo.Clocks.Wall : silo.Clocks.Monotonic;

    public void Hold(SimulatedRun run) => held.Add(run);

    public void Forget(SimulatedRun run) => held.Remove(run);

    public async Task KeepAsync()
    {
        while (!IsEnded)
        {
            await silo.Wait(Third);
            if (!IsEnded) await RenewAsync();
        }
    }

    public async Task RenewAsync()
    {
        while (isRenewing) await silo.Wait(0.1);
        isRenewing = true;
        var runs = All;
        if (runs.Count > 0)
        {
            double sentAt = Time;
            ImmutableArray<LeaseId> leases = [.. runs.Select(run => run.Lease)];
            var answers = await silo.AskAsync("renew leases", _ => silo.Cluster.Server.Renew(leases));
            foreach (var (run, refusal) in runs.Zip(answers))
            {
                if (refusal is null) run.Confirm(sentAt);
                else if (run.TryDrop()) Forget(run);
            }
        }
        isRenewing = false;
    }

    /// <summary>Returns when it is certain that the chunk was held lately.</summary>
    public async Task<bool> ConfirmAsync(SimulatedRun run)
    {
        while (!run.IsDropped)
        {
            if (Time - run.ConfirmedAt < Third)
            {
                silo.Cluster.ServerJudge.Certain(run.Lease);
                return true;
            }
            await RenewAsync();
        }
        return false;
    }

    public async Task HandBackAsync()
    {
        ImmutableArray<LeaseId> leases = [.. held.Select(run => run.Lease)];
        foreach (var run in All)
        {
            run.Drop();
            Forget(run);
        }
        if (leases.Length > 0) await silo.AskAsync("take chunks back", _ => silo.Cluster.Server.Release(leases));
    }
}
