using Sweeps.Grains.Leases;
using Sweeps.Simulation.Datasets;

namespace Sweeps.Simulation.Silos;

/// <summary>As <c>Lane</c>: claims ahead, computes one chunk after the other, stages, and has it settled meanwhile.</summary>
internal sealed class SimulatedLane(Registration registration, OpenedSweep sweep)
{
    private const int ChunksAhead = 2;

    private readonly Silo silo = registration.Silo;
    private readonly SimulatedLeases leases = new(registration.Silo);
    private readonly Queue<SimulatedRun> queue = [];

    private bool Stops => registration.IsOver;

    public async Task RunAsync()
    {
        var settling = new SimulatedSettling(silo, leases);
        silo.Run(leases.KeepAsync);
        silo.Run(settling.RunAsync);
        bool hasMore = true;
        while (!Stops && !settling.HasFailed && (hasMore || queue.Count > 0))
        {
            if (hasMore && queue.Count < ChunksAhead) hasMore = await ClaimAsync();
            if (queue.TryDequeue(out var run)) await ComputeAsync(run, settling);
            else if (leases.All.Count > 0) await silo.Wait(0.5);
        }
        if (Stops || settling.HasFailed)
            foreach (var run in leases.All) run.TryDrop();
        while (!settling.IsIdle) await silo.Wait(0.5);
        leases.IsEnded = true;
        await leases.HandBackAsync();
        if (settling.HasFailed) throw new IOException("the disk failed");
    }

    /// <returns>False if the lane is to leave the sweep.</returns>
    private async Task<bool> ClaimAsync()
    {
        double sentAt = leases.Time;
        bool isIdle = leases.All.Count == 0;
        Guid token = new((int)silo.Cluster.Chance.Word(), 0, 0, new byte[8]);
        int wanted = ChunksAhead - queue.Count;
        var (granted, refusal) = await silo.AskAsync("grant chunks", attempt =>
            silo.Cluster.Server.Claim(sweep.Grid.Generation, registration.Name, wanted, token, sweep.Kept, attempt > 0));
        foreach (var lease in granted)
        {
            var run = new SimulatedRun(lease.Id, sentAt);
            leases.Hold(run);
            queue.Enqueue(run);
        }
        switch (refusal)
        {
            case Refusal.PlanChanged or Refusal.Cancelled:
                await leases.RenewAsync();
                return false;
            case Refusal.Paused:
                await silo.Wait(1);
                return !isIdle;
            default:
                return granted.Length > 0 || !isIdle;
        }
    }

    private async Task ComputeAsync(SimulatedRun run, SimulatedSettling settling)
    {
        await silo.StepAsync($"computes chunk {run.Lease.Chunk} by lease {run.Lease.Epoch}");
        await silo.Wait(silo.Cluster.Chance.Seconds(1, 10));
        if (run.IsDropped) return;
        if (silo.Cluster.Storm.FailsChunk() && run.TryDrop())
        {
            var lease = run.Lease;
            await silo.AskAsync($"hear that chunk {lease.Chunk} fails", _ => silo.Cluster.Server.Fail(lease));
            leases.Forget(run);
            return;
        }
        run.Part = sweep.Begin(run.Lease);
        try
        {
            await run.Part.StageAsync();
        }
        catch (IOException)
        {
            settling.Fail();
            await run.Part.DisposeAsync();
            return;
        }
        settling.Settle(run);
    }
}
