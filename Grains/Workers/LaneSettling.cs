using System.Collections.Immutable;
using System.Threading.Channels;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Telemetry.Recording;

namespace Sweeps.Grains.Workers;

/// <summary>
/// Places what is staged, once its leases are confirmed, and tells the grain: all that has come together in one batch. What is given up is
/// told here, too, so that no thread waits for the grain.
/// </summary>
internal sealed class LaneSettling(ISweepGrain grain, ILaneWatch watch, LaneLeases leases, LaneFailure failure)
{
    private readonly Channel<Ending> endings = Channel.CreateUnbounded<Ending>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>The chunk's part is staged, and belongs to this from now on.</summary>
    public void Settle(ChunkRun run, long pointsDone, long pointsFailed) =>
        endings.Writer.TryWrite(new Staged(run, pointsDone, pointsFailed));

    /// <summary>The chunk is given back as failed.</summary>
    public void GiveUp(ChunkRun run, string cause, bool workerDied) => endings.Writer.TryWrite(new GivenUp(run, cause, workerDied));

    /// <summary>Nothing more comes.</summary>
    public void End() => endings.Writer.Complete();

    /// <summary>Works until the end, or until the calls are cut off: what is not settled by then is left as it is. Never throws.</summary>
    public async Task RunAsync(CancellationToken calls)
    {
        while (await endings.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            try
            {
                List<Staged> placed = [];
                // What is staged while a lease is being confirmed goes into the same batch.
                while (endings.Reader.TryRead(out var ending))
                {
                    if (ending is GivenUp given) await TellAsync(given, calls).ConfigureAwait(false);
                    else if (ending is Staged staged && await PlaceAsync(staged, calls).ConfigureAwait(false)) placed.Add(staged);
                }
                if (placed.Count > 0) await CompleteAsync(placed, calls).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (calls.IsCancellationRequested)
            {
                continue; // left to expire
            }
            catch (Exception thrown)
            {
                failure.Fail(thrown);
            }
        }
    }

    private async Task TellAsync(GivenUp given, CancellationToken calls)
    {
        await grain.FailAsync(given.Run.Lease.Id, given.Cause, given.WorkerDied, calls).ConfigureAwait(false);
        leases.Forget(given.Run);
    }

    /// <returns>Whether its files are in place.</returns>
    private async Task<bool> PlaceAsync(Staged staged, CancellationToken calls)
    {
        var run = staged.Run;
        using var part = run.Part!;
        if (!await leases.ConfirmAsync(run, calls).ConfigureAwait(false) || failure.IsFatal || !run.TryPublish()) return false;
        try
        {
            part.Place();
            run.Recorder?.Placed();
            return true;
        }
        catch (DatasetMovedException)
        {
            // Somebody has put the sweep's next generation there: this lease is of the one before.
            run.Drop(watch, DropReason.DatasetMoved);
            leases.Forget(run);
        }
        catch (Exception thrown)
        {
            failure.Fail(thrown); // those before are in place, and are told
        }
        return false;
    }

    private async Task CompleteAsync(List<Staged> placed, CancellationToken calls)
    {
        ImmutableArray<Completion> completions =
            [.. placed.Select(staged => new Completion(staged.Run.Lease.Id, staged.PointsDone, staged.PointsFailed))];
        var answers = await grain.CompleteAsync(completions, calls).ConfigureAwait(false);
        foreach (var (staged, refusal) in placed.Zip(answers))
        {
            // Refused: somebody else holds it by now, and will find the same rows in place.
            if (refusal is null)
            {
                watch.ChunkSettled(staged.Run.Chunk);
                staged.Run.Recorder?.Settled();
            }
            else
            {
                staged.Run.Drop(watch, DropReason.LeaseLost);
            }
            leases.Forget(staged.Run);
        }
    }

    private abstract record Ending(ChunkRun Run);

    private sealed record Staged(ChunkRun Run, long PointsDone, long PointsFailed) : Ending(Run);

    private sealed record GivenUp(ChunkRun Run, string Cause, bool WorkerDied) : Ending(Run);
}
