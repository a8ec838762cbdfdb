using Sweeps.Grains.Datasets;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Telemetry.Recording;
using Sweeps.Silo.Datasets;
using Sweeps.Silo.Health;
using Sweeps.Silo.Logging;

namespace Sweeps.Silo.Loops;

/// <summary>Does what datasets need as a whole, one at a time, and renews the term meanwhile; a term that is lost ends the work.</summary>
internal sealed class DatasetJobLoop(SiloTools tools)
{
    private readonly SiloParts parts = tools.Parts;
    private readonly LoopPulse pulse = tools.Parts.Health.Watch("dataset jobs", SiloTiming.Asking);
    private readonly LoopPulse renewal = tools.Parts.Health.Watch("dataset term", tools.Parts.Timing.Heartbeat);

    /// <summary>Until drain, and what was begun is finished; or until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken drain, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(drain, cancel);
        try
        {
            while (!stop.IsCancellationRequested)
            {
                var job = await tools.Calls.AskAsync(pulse, parts.Server.TakeDatasetJobAsync, stop.Token).ConfigureAwait(false);
                if (job is null) await tools.WaitForNewsAsync(pulse, SiloTiming.Asking, stop.Token).ConfigureAwait(false);
                else await DoAsync(job, cancel).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            pulse.Dispose();
            renewal.Dispose();
        }
    }

    private async Task DoAsync(DatasetJob job, CancellationToken cancel)
    {
        using var work = tools.Workload.Begin();
        using var term = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        string sweep = job.Sweep.Folder, what = job.GetType().Name.ToLowerInvariant();
        parts.Log.JobBegins(sweep, what);
        long begunAt = parts.Time.GetTimestamp();
        var outcome = JobOutcome.Lost;
        var renewing = RenewAsync(job, term, over.Token);
        try
        {
            pulse.Rest();
            var (result, reason) = await ResultAsync(job, term.Token).ConfigureAwait(false);
            // The term is renewed until the server has heard how it ended.
            bool isOurs = result is null
                ? await tools.Calls.AskAsync(
                    pulse,
                    async cancellation =>
                    {
                        await parts.Server.FailDatasetJobAsync(job, reason!, cancellation).ConfigureAwait(false);
                        return true;
                    },
                    term.Token).ConfigureAwait(false)
                : await tools.Calls.AskAsync(
                    pulse, cancellation => parts.Server.EndDatasetJobAsync(job, result.Holdings, cancellation),
                        term.Token).ConfigureAwait(false);
            if (isOurs) outcome = reason is null ? JobOutcome.Done : JobOutcome.Failed;
            if (!isOurs) parts.Log.JobTermLost(sweep, what);
            else if (reason is null) parts.Log.JobDone(sweep, what);
            else parts.Log.JobFails(sweep, what, reason);
        }
        catch (OperationCanceledException) when (term.IsCancellationRequested)
        {
            if (!cancel.IsCancellationRequested) parts.Log.JobTermLost(sweep, what);
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            await renewing.ConfigureAwait(false);
            // Told to end in the middle of it: that says nothing about jobs.
            if (outcome is not JobOutcome.Lost || !cancel.IsCancellationRequested)
                parts.Metrics?.Datasets.JobEnded(KindOf(job), outcome, parts.Time.GetElapsedTime(begunAt));
        }
    }

    private static DatasetJobKind KindOf(DatasetJob job) => job switch
    {
        DatasetJob.Prepare => DatasetJobKind.Prepare,
        DatasetJob.Extend => DatasetJobKind.Extend,
        _ => DatasetJobKind.Finish,
    };

    /// <returns>The result, or why there is none.</returns>
    private async Task<(DatasetJobResult.Done? Done, string? Reason)> ResultAsync(DatasetJob job, CancellationToken term)
    {
        try
        {
            var result = await Task.Run(() => parts.Datasets.DoAsync(job, term), term).ConfigureAwait(false);
            return result is DatasetJobResult.Refused refused ? (null, refused.Reason) : ((DatasetJobResult.Done)result, null);
        }
        catch (Exception away) when (away is IOException or UnauthorizedAccessException)
        {
            parts.Metrics?.Datasets.DataFailed();
            return (null, away.Message);
        }
        catch (DatasetException damaged)
        {
            return (null, damaged.Message);
        }
#pragma warning disable CA1031 // Whatever a dataset does to this silo, others can still be worked on; its user is told.
        catch (Exception wrong) when (wrong is not OutOfMemoryException && !term.IsCancellationRequested)
#pragma warning restore CA1031
        {
            parts.Log.Fails(wrong);
            return (null, $"an error of the program itself ({wrong.GetType().Name}: {wrong.Message})");
        }
    }

    private async Task RenewAsync(DatasetJob job, CancellationTokenSource term, CancellationToken over)
    {
        var period = parts.Timing.Heartbeat;
        try
        {
            while (true)
            {
                renewal.Turn();
                await Task.Delay(period, parts.Time, over).ConfigureAwait(false);
                bool isOurs = await tools.Calls.AskAsync(
                    renewal, cancellation => parts.Server.RenewDatasetJobAsync(job, cancellation), over, period).ConfigureAwait(false);
                if (isOurs) continue;
                await term.CancelAsync().ConfigureAwait(false);
                return;
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            renewal.Rest();
        }
    }
}
