using Sweeps.Grains.Datasets;
using Sweeps.Grains.Telemetry;
using Sweeps.Grains.Telemetry.Recording;

namespace Sweeps.Grains.Workers;

/// <summary>Chunks that run one at a time in processes of their own, when the lane has nothing else in hand.</summary>
internal sealed class LaneAlone(
    IChunkProcess process, PartPublication publication, ILaneWatch watch, LaneLeases leases, LaneSettling settling, LaneFailure failure,
    SemaphoreSlim changed, LaneRecorder? recorder)
{
    private readonly List<ChunkRun> waiting = [];
    private volatile bool isRunning;
    private Task running = Task.CompletedTask;

    /// <summary>Whether one waits or runs: the lane claims no other meanwhile.</summary>
    public bool IsBusy => waiting.Count > 0 || isRunning;

    public void Add(ChunkRun run) => waiting.Add(run);

    /// <summary>Starts the next if the lane holds nothing but what waits here.</summary>
    public void StartIfAlone()
    {
        waiting.RemoveAll(run => run.IsDropped);
        if (waiting.Count == 0 || isRunning || leases.All.Any(run => !waiting.Contains(run))) return;
        var next = waiting[0];
        waiting.RemoveAt(0);
        isRunning = true;
        running = RunAsync(next);
    }

    /// <summary>Takes out those that have not been started.</summary>
    public IReadOnlyList<ChunkRun> TakeUnstarted()
    {
        ChunkRun[] unstarted = [.. waiting];
        waiting.Clear();
        return unstarted;
    }

    /// <summary>Returns when the one that runs has ended.</summary>
    public Task EndedAsync() => running;

    private async Task RunAsync(ChunkRun run)
    {
        try
        {
            run.Recorder?.Begun();
            var result = await Task.Run(() => process.RunAsync(run.Lease, run.Chunk, run.Cancellation)).ConfigureAwait(false);
            switch (result)
            {
                case ChunkProcessResult.Staged(long done, long failed) when !run.IsDropped:
                    run.Part = publication.Adopt(run.Chunk.FirstPoint, run.Lease.Id.Epoch);
                    run.Recorder?.Staged(done, failed);
                    recorder?.PointsFinished(null, done, failed);
                    settling.Settle(run, done, failed);
                    break;
                // A process that was ended on purpose says nothing about its chunk.
                case ChunkProcessResult.Died(string cause)
                    when !run.Cancellation.IsCancellationRequested && run.TryDrop(watch, DropReason.Died):
                    settling.GiveUp(run, cause, workerDied: true);
                    break;
            }
        }
        catch (DatasetMovedException)
        {
            // Its files went with the generation before.
            run.Drop(watch, DropReason.DatasetMoved);
            leases.Forget(run);
        }
        catch (OperationCanceledException) when (run.Cancellation.IsCancellationRequested)
        {
            // handed back, or lost already
        }
        catch (Exception thrown)
        {
            failure.Fail(thrown);
        }
        finally
        {
            isRunning = false;
            changed.Release();
        }
    }
}
