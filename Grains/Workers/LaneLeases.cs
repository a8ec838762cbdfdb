using Sweeps.Grains.Hosts;
using Sweeps.Grains.Leases;
using Sweeps.Grains.Telemetry.Recording;

namespace Sweeps.Grains.Workers;

/// <summary>The leases that a lane holds: renewed together each third of their duration, and dropped where that is refused.</summary>
/// <param name="grain">Who grants them.</param>
/// <param name="watch">Hears of dropped chunks.</param>
/// <param name="time">For the monotonic clock; the grain has its own.</param>
/// <param name="dropped">Told of a chunk whose lease is lost.</param>
/// <param name="changed">Signalled where there is one less.</param>
internal sealed class LaneLeases(
    ISweepGrain grain, ILaneWatch watch, TimeProvider time, Action<ChunkRun> dropped, SemaphoreSlim changed) : IDisposable
{
    private readonly object gate = new();
    private readonly Dictionary<LeaseId, ChunkRun> held = [];
    private readonly SemaphoreSlim renewing = new(1);
    private readonly TimeSpan? third = grain.LeaseDuration / 3;

    public int Count
    {
        get
        {
            lock (gate) return held.Count;
        }
    }

    public IReadOnlyList<ChunkRun> All
    {
        get
        {
            lock (gate) return [.. held.Values];
        }
    }

    /// <summary>How many there are, and how old.</summary>
    public LeaseReading Reading
    {
        get
        {
            var runs = All;
            if (runs.Count == 0) return default;
            long now = time.GetTimestamp();
            return new(
                runs.Count,
                time.GetElapsedTime(runs.Min(run => run.GrantedAt), now),
                time.GetElapsedTime(runs.Min(run => run.ConfirmedAt), now));
        }
    }

    /// <summary>Whether they expire: then others may hold the chunks by now, and several may be at one.</summary>
    public bool Expire => third is not null;

    public void Hold(ChunkRun run)
    {
        lock (gate) held.Add(run.Lease.Id, run);
    }

    /// <summary>The grain has heard how it ended.</summary>
    public void Forget(ChunkRun run)
    {
        lock (gate) held.Remove(run.Lease.Id);
        changed.Release();
    }

    /// <summary>Renews all each third of their duration, until cancellation.</summary>
    public async Task KeepAsync(CancellationToken cancellation)
    {
        if (third is not { } period) return;
        using var timer = new PeriodicTimer(period, time);
        while (await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false)) await RenewAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Renews all now, in one batch.</summary>
    public async Task RenewAsync(CancellationToken cancellation)
    {
        if (!Expire) return;
        await renewing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var runs = All;
            if (runs.Count == 0) return;
            long sentAt = time.GetTimestamp();
            var answers = await grain.RenewAsync([.. runs.Select(run => run.Lease.Id)], cancellation).ConfigureAwait(false);
            foreach (var (run, refusal) in runs.Zip(answers))
            {
                if (refusal is null) run.Confirm(sentAt);
                else Lose(run);
            }
        }
        finally
        {
            renewing.Release();
        }
    }

    /// <summary>
    /// Returns when it is certain that the chunk was held lately: nobody else can have been granted it by now, since a lease lasts three
    /// times as long, counted from a later moment. Renews where that is not certain.
    /// </summary>
    /// <returns>False if the lease is lost.</returns>
    public async Task<bool> ConfirmAsync(ChunkRun run, CancellationToken cancellation)
    {
        while (!run.IsDropped)
        {
            if (third is null || time.GetElapsedTime(run.ConfirmedAt) < third) return true;
            await RenewAsync(cancellation).ConfigureAwait(false);
        }
        return false;
    }

    /// <summary>Gives chunks back unharmed. What the grain does not hear in time is left to expire.</summary>
    public async Task HandBackAsync(IReadOnlyList<ChunkRun> runs, CancellationToken cancellation)
    {
        foreach (var run in runs)
        {
            run.Drop(watch, DropReason.HandedBack);
            Forget(run);
        }
        if (runs.Count == 0 || cancellation.IsCancellationRequested) return;
        try
        {
            await grain.ReleaseAsync([.. runs.Select(run => run.Lease.Id)], cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return;
        }
    }

    public void Dispose() => renewing.Dispose();

    // One that is being published is told by the answer to its completion.
    private void Lose(ChunkRun run)
    {
        if (!run.TryDrop(watch, DropReason.LeaseLost)) return;
        dropped(run);
        Forget(run);
    }
}
