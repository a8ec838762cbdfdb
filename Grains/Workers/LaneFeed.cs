using Sweeps.Grains.Datasets;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Leases;
using Sweeps.Grains.Planning;
using Sweeps.Grains.Telemetry;

namespace Sweeps.Grains.Workers;

/// <summary>Keeps a few chunks waiting for the threads, until the grain has nothing more to give or the lane is to end.</summary>
/// <param name="grain">Who grants.</param>
/// <param name="plan">The sweep's chunks.</param>
/// <param name="kept">Points that need no computing.</param>
/// <param name="leases">What the lane holds.</param>
/// <param name="queue">What waits for the threads.</param>
/// <param name="alone">Takes chunks that must run alone; null: they run as the others do.</param>
/// <param name="changed">Signalled where there may be a reason to claim, or to end.</param>
/// <param name="whenPaused">What to do without a chunk.</param>
/// <param name="time">For waiting.</param>
/// <param name="recorder">Hears of chunks; null where nobody wants to know.</param>
internal sealed class LaneFeed(
    ISweepGrain grain, ChunkPlan plan, PointSet kept, LaneLeases leases, LaneQueue queue, LaneAlone? alone, SemaphoreSlim changed,
    WhenPaused whenPaused, TimeProvider time, LaneRecorder? recorder)
{
    private const int ChunksAhead = 2;

    private static readonly TimeSpan PausePoll = TimeSpan.FromSeconds(1);

    /// <summary>Returns when nothing more will be given to the threads; what they have begun is still held then.</summary>
    /// <param name="worker">Name of the lane.</param>
    /// <param name="threads">That take points.</param>
    /// <param name="drain">Claims no more, and hands back what has not been started.</param>
    /// <param name="stop">Claims no more.</param>
    /// <param name="calls">Cuts calls of the grain off.</param>
    public async Task RunAsync(string worker, int threads, CancellationToken drain, CancellationToken stop, CancellationToken calls)
    {
        // An answer on its way may be a grant: it gets a moment to arrive, so that the chunks need not expire.
        using var claims = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var cutting = calls.Register(claims.Cancel);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(drain, stop);
        using var draining = drain.Register(() =>
        {
            claims.CancelAfter(Lane.CallsPatience);
            changed.Release();
        });
        try
        {
            await ClaimAsync(worker, threads, ending.Token, stop, claims.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (claims.IsCancellationRequested)
        {
            // nothing came
        }
        if (!stop.IsCancellationRequested)
            await leases.HandBackAsync([.. queue.TakeUnstarted(), .. alone?.TakeUnstarted() ?? []], calls).ConfigureAwait(false);
        queue.End();
    }

    private async Task ClaimAsync(string worker, int threads, CancellationToken ending, CancellationToken stop, CancellationToken claims)
    {
        while (!ending.IsCancellationRequested)
        {
            alone?.StartIfAlone();
            int count = leases.Count;
            bool isIdle = count == 0;
            int wanted = alone is { IsBusy: true } ? 0 : Math.Min(ChunksAhead - queue.Count, ChunksAhead + threads - count);
            if (wanted > 0)
            {
                long sentAt = time.GetTimestamp();
                var answer = await grain.ClaimAsync(worker, wanted, claims).ConfigureAwait(false);
                Take([.. answer.Leases.Select(lease => RunOf(lease, sentAt))], stop);
                if (!answer.Leases.IsEmpty) continue;
                switch (answer.Refusal)
                {
                    case Refusal.PlanChanged or Refusal.Cancelled:
                        // What is held is void, perhaps; then this tells at once.
                        await leases.RenewAsync(claims).ConfigureAwait(false);
                        return;
                    case Refusal.Paused when !isIdle || whenPaused is WhenPaused.Wait:
                        await WaitForResumeAsync(ending).ConfigureAwait(false);
                        continue;
                }
                // Whoever held a chunk when asking may have given it back since: then there is more to do.
                if (isIdle) return;
            }
            await changed.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private ChunkRun RunOf(Lease lease, long sentAt) =>
        new(lease, plan.ChunkAt(lease.Id.Chunk), kept, sentAt) { Recorder = recorder?.Taken(lease, sentAt) };

    private void Take(IReadOnlyList<ChunkRun> runs, CancellationToken stop)
    {
        // All are held before the first begins: what is renewed while it runs is renewed together.
        foreach (var run in runs) leases.Hold(run);
        foreach (var run in runs)
        {
            if (stop.IsCancellationRequested) run.Cancel(); // it may have come too late to be told
            if (run.Lease.Alone && alone is not null) alone.Add(run);
            else queue.Add(run);
        }
    }

    private async Task WaitForResumeAsync(CancellationToken ending)
    {
        try
        {
            await Task.Delay(PausePoll, time, ending).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // the caller looks at the token
        }
    }
}
