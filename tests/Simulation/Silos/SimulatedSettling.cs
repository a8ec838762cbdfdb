using System.Collections.Immutable;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Hosts;
using Sweeps.Simulation.Scheduling;

namespace Sweeps.Simulation.Silos;

/// <summary>As <c>LaneSettling</c>: places what is staged once its lease is certain, and tells the server.</summary>
internal sealed class SimulatedSettling(Silo silo, SimulatedLeases leases)
{
    private readonly Queue<SimulatedRun> staged = [];
    private readonly Signal changed = new(silo.Cluster.Timeline, silo);

    /// <summary>The disk failed: the lane ends.</summary>
    public bool HasFailed { get; private set; }

    public bool IsIdle { get; private set; } = true;

    public void Fail() => HasFailed = true;

    public void Settle(SimulatedRun run)
    {
        staged.Enqueue(run);
        IsIdle = false;
        changed.Set();
    }

    public async Task RunAsync()
    {
        while (true)
        {
            while (staged.Count == 0)
            {
                IsIdle = true;
                await changed;
            }
            List<SimulatedRun> placed = [];
            while (staged.TryDequeue(out var run))
                if (await PlaceAsync(run)) placed.Add(run);
            if (placed.Count > 0) await CompleteAsync(placed);
        }
    }

    private async Task<bool> PlaceAsync(SimulatedRun run)
    {
        if (!await leases.ConfirmAsync(run) || HasFailed || !run.TryPublish())
        {
            await run.Part!.DisposeAsync();
            return false;
        }
        try
        {
            await run.Part!.PlaceAsync();
            return true;
        }
        catch (Exception moved) when (moved is DatasetMovedException or DirectoryNotFoundException or FileNotFoundException)
        {
            run.Drop();
            leases.Forget(run);
        }
        catch (IOException)
        {
            Fail();
        }
        await run.Part!.DisposeAsync();
        return false;
    }

    private async Task CompleteAsync(List<SimulatedRun> placed)
    {
        ImmutableArray<Completion> completions =
            [.. placed.Select(run => new Completion(run.Lease, run.Part!.DoneCount, run.Part.FailedCount))];
        string chunks = string.Join(' ', completions.Select(each => each.Lease.Chunk));
        await silo.AskAsync($"complete chunks {chunks}", _ => silo.Cluster.Server.Complete(completions));
        foreach (var run in placed) leases.Forget(run);
    }
}
