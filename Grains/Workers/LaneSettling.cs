using System.Collections.Immutable;
using System.Threading.Channels;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Hosts;

namespace Sweeps.Grains.Workers;

/// <summary>
/// Places what is staged, once its leases are confirmed, and tells the grain: all that has come together in one batch. What is given up is
/// told here, too, so that no thread waits for the grain.
/// </summary>
internal sealed class LaneSettling(ISweepGrain grain, ILaneWatch watch, LaneLeases leases, LaneFailure failure)
{
    private readonly Channel<Ending> endings = Channel.CreateUnbounded<Ending>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>The chunk's part is staged, and belongs to this from now on.</summary>
    public void Settle(ChunkRun run, long pointsDone, long pointsFailed) => endings.Writer.TryWrite(new Staged(run, pointsDone, pointsFailed));

    /// <summary>The chunk is given back as failed.</summary>
    public void GiveUp(ChunkRun run, string cause, bool workerDied) => endings.Writer.TryWrite(new GivenUp(run, cause, workerDied));

    /// <summary>Nothing more comes.</summary>
    public void End() => endings.Writer.Complete();

    /// <summary>Works until the end, or until the calls are cut off: what is not settled by then is left as it is. Never throws.</summary>
    public async Task RunAsync(CancellationToken calls)
    {
        while (await endings.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            List<Ending> together = [];
            while (endings.Reader.TryRead(out var ending)) together.Add(ending);
            try
            {
                foreach (var (run, cause, workerDied) in together.OfType<GivenUp>())
                {
                    await grain.FailAsync(run.Lease.Id, cause, workerDied, calls).ConfigureAwait(false);
                    leases.Forget(run);
                }
                await CompleteAsync(await PlaceAsync([.. together.OfType<Staged>()], calls).ConfigureAwait(false), calls).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (calls.IsCancellationRequested)
            {
                continue; // left to expire
            }
            catch (Exception thrown)
            {
                failure.Fail(thrown);
            }
            finally
            {
                foreach (var staged in together.OfType<Staged>()) staged.Run.Part!.Dispose();
            }
        }
    }

    private async Task<List<Staged>> PlaceAsync(IEnumerable<Staged> together, CancellationToken calls)
    {
        List<Staged> placed = [];
        foreach (var staged in together)
        {
            if (!await leases.ConfirmAsync(staged.Run, calls).ConfigureAwait(false)) continue;
            if (failure.IsFatal || !staged.Run.TryPublish()) continue;
            try
            {
                staged.Run.Part!.Place();
                placed.Add(staged);
            }
            catch (DatasetMovedException)
            {
                // Somebody has put the sweep's next generation there: this lease is of the one before.
                staged.Run.Drop(watch);
                leases.Forget(staged.Run);
            }
            catch (Exception thrown)
            {
                failure.Fail(thrown); // those before are in place, and are told
            }
        }
        return placed;
    }

    private async Task CompleteAsync(List<Staged> placed, CancellationToken calls)
    {
        if (placed.Count == 0) return;
        ImmutableArray<Completion> completions =
            [.. placed.Select(staged => new Completion(staged.Run.Lease.Id, staged.PointsDone, staged.PointsFailed))];
        var answers = await grain.CompleteAsync(completions, calls).ConfigureAwait(false);
        foreach (var (staged, refusal) in placed.Zip(answers))
        {
            // Refused: somebody else holds it by now, and will find the same rows in place.
            if (refusal is null) watch.ChunkSettled(staged.Run.Chunk);
            else staged.Run.Drop(watch);
            leases.Forget(staged.Run);
        }
    }

    private abstract record Ending(ChunkRun Run);

    private sealed record Staged(ChunkRun Run, long PointsDone, long PointsFailed) : Ending(Run);

    private sealed record GivenUp(ChunkRun Run, string Cause, bool WorkerDied) : Ending(Run);
}
