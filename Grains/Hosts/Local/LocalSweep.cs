using System.Collections.Immutable;
using System.Globalization;
using Sweeps.Compute.Experiments;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Leases;
using Sweeps.Grains.Planning;
using Sweeps.Grains.Specs;
using Sweeps.Grains.Telemetry;
using Sweeps.Grains.Workers;

namespace Sweeps.Grains.Hosts.Local;

/// <summary>A sweep that runs to its end in this process. The files are the truth; leases do not expire inside one process.</summary>
public sealed class LocalSweep : IDisposable
{
    private readonly PartPublication publication;
    private readonly DatasetLock dataset;
    private readonly TimeProvider time;
    private readonly SweepJournal journal;
    private PartListing listing;
    private Computing? computing;
    private bool isFinished;

    internal LocalSweep(
        SweepSpec spec, PointGrid grid, ChunkPlan plan, PartListing listing, PartPublication publication, DatasetLock dataset, TimeProvider time)
    {
        (Spec, Grid, Plan) = (spec, grid, plan);
        (this.listing, this.publication, this.dataset, this.time) = (listing, publication, dataset, time);
        journal = new(publication.Folder, publication.Disk, time);
    }

    public SweepSpec Spec { get; }

    public PointGrid Grid { get; }

    public ChunkPlan Plan { get; }

    public DatasetFolder Folder => publication.Folder;

    /// <summary>Points on disk, failed ones included, when the folder was opened or last run.</summary>
    public long PointsSettled => listing.PointsDone + listing.PointsFailed;

    /// <summary>Opens a folder to run a sweep in it. Nothing is written if it is refused.</summary>
    /// <param name="directory">The dataset's folder; made if it is not there.</param>
    /// <param name="spec">What to run; null to go on with what the folder holds.</param>
    /// <param name="catalogue">The experiments there are.</param>
    /// <param name="time">The clock of the journal and of rates.</param>
    /// <param name="cancellation">Honoured while old rows are taken over into a larger grid.</param>
    /// <exception cref="OperationCanceledException">Cancelled; the folder is as it was.</exception>
    public static LocalSweepOpening Open(
        string directory,
        SweepSpec? spec,
        IReadOnlyCollection<IExperiment> catalogue,
        TimeProvider time,
        CancellationToken cancellation = default) =>
        new LocalSweepOpener(Datasets.Disk.LocalDisk.Instance, catalogue, time).Open(directory, spec, cancellation);

    /// <summary>Runs what is missing, and merges the parts at the end. Once at a time.</summary>
    /// <param name="devices">What computes: a lane each, one at least.</param>
    /// <param name="progress">Hears a few times a second how far it is; on any thread.</param>
    /// <param name="cancellation">Ends the run: chunks that are whole are written, the others handed back.</param>
    /// <param name="recorders">Record it; null where nobody wants to know.</param>
    public async Task<SweepOutcome> RunAsync(
        IReadOnlyList<ILaneDevice> devices, IProgress<SweepProgress>? progress, CancellationToken cancellation, Recorders? recorders = null)
    {
        try
        {
            journal.Record("started", listing.IsMerged ? "complete already" : listing.IsComplete ? "only files to merge" : null);
            if (!listing.IsComplete)
            {
                var reached = await ComputeAsync(devices, progress, recorders, cancellation).ConfigureAwait(false);
                listing = PartListing.Read(Folder, Spec, Plan, publication.Format);
                if (reached.Quarantined > 0 && !cancellation.IsCancellationRequested)
                {
                    string sentence = $"{reached.Quarantined} of {Plan.ChunkCount} chunks lost their device again and again and were given up; "
                        + "resume to try them anew, or resume with --device cpu";
                    journal.Record("failed", sentence);
                    return new SweepOutcome.MachineFailed(sentence);
                }
                if (reached.Phase is LedgerPhase.FailedBudget)
                {
                    journal.Record("failed", $"{listing.PointsFailed} points failed, more than the budget");
                    return new SweepOutcome.FailureBudgetSpent(listing.PointsFailed);
                }
                if (!listing.IsComplete)
                {
                    journal.Record("interrupted");
                    return new SweepOutcome.Interrupted();
                }
            }
            if (!listing.IsMerged && DatasetMerge.Run(publication, listing.PointsDone, cancellation))
            {
                journal.Record("merged");
                listing = PartListing.Read(Folder, Spec, Plan, publication.Format);
            }
            journal.Record("completed");
            isFinished = true;
            return listing.PointsFailed == 0 ? new SweepOutcome.Completed() : new SweepOutcome.CompletedWithFailures(listing.PointsFailed);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            TryRecord("interrupted", null);
            return new SweepOutcome.Interrupted();
        }
        catch (Exception fault) when (MachineFaults.SentenceOf(fault, Folder) is not null)
        {
            string sentence = MachineFaults.SentenceOf(fault, Folder)!;
            TryRecord("failed", sentence);
            return new SweepOutcome.MachineFailed(sentence);
        }
    }

    /// <summary>Hands out no more chunks until <see cref="ResumeAsync"/>; those in hand go on to their end.</summary>
    /// <returns>Null if it is done.</returns>
    public Task<Refusal?> PauseAsync() => AskAsync("paused", grain => grain.PauseAsync());

    /// <returns>Null if it is done.</returns>
    public Task<Refusal?> ResumeAsync() => AskAsync("resumed", grain => grain.ResumeAsync());

    /// <summary>Where it stands, whether it runs or not; nothing is kept ready for those who ask.</summary>
    public async Task<LocalSweepReading> ReadAsync()
    {
        if (Volatile.Read(ref computing) is { } now)
            try
            {
                var ledger = await now.Grain.ProgressAsync().ConfigureAwait(false);
                var progress = now.Watch.Now();
                // The ledger hears of points by chunks.
                ledger = ledger with { PointsDone = progress.PointsDone, PointsFailed = progress.PointsFailed };
                return new(ledger, progress, now.FailureBudget, DatasetStage.Ready);
            }
            catch (ObjectDisposedException)
            {
                // It has ended in between.
            }
        var files = Volatile.Read(ref listing);
        var phase = files.IsComplete ? LedgerPhase.Completed : LedgerPhase.Running;
        return new(
            new(phase, Plan.ChunkCount, files.Settled.Count, 0, Plan.ChunkCount - files.Settled.Count, 0, files.PointsDone, files.PointsFailed),
            new(Plan.PointCount, files.PointsDone, files.PointsFailed, null, null, null, Plan.ChunkCount, files.Settled.Count),
            Hosts.FailureBudget.Of(Plan.PointCount, files.PointsFailed), isFinished ? DatasetStage.Finished : DatasetStage.Ready);
    }

    /// <summary>What went wrong with its chunks, newest first.</summary>
    public ImmutableArray<ChunkEvidence> Evidence(string worker, int most) => LocalEvidence.Read(this, worker, most);

    /// <summary>
    /// What its lanes have in hand, and what they settled of late, the newest grants first; a lane's key is its number among the devices.
    /// </summary>
    public ImmutableArray<RecentChunk> RecentChunks() => Volatile.Read(ref computing)?.Grain.RecentChunks() ?? [];

    /// <summary>Unlocks the folder.</summary>
    public void Dispose() => dataset.Dispose();

    private async Task<LedgerProgress> ComputeAsync(
        IReadOnlyList<ILaneDevice> devices, IProgress<SweepProgress>? progress, Recorders? recorders, CancellationToken cancellation)
    {
        long budget = FailureBudget.Of(Plan.PointCount, listing.PointsFailed);
        var ledger = new SweepLedger(new LedgerPolicy(), chunk => listing.MissingIn(Plan.ChunkAt(chunk)));
        var (state, _) = ledger.Apply(
            LedgerState.Begin(Plan.ChunkCount, budget), new LedgerEvent.Recover(listing.Holdings), time.GetUtcNow());
        await using var host = new LocalSweepGrain(ledger, state, time);
        using var recording = recorders is null ? null : new LocalRecording(recorders, Folder.Root, Spec, devices, budget);
        publication.Placed = recording is null ? null : recording.Placed;
        using var over = new CancellationTokenSource();
        var told = Task.CompletedTask;
        try
        {
            var watch = new ProgressWatch(
                Plan.PointCount, listing.PointsDone, listing.PointsFailed, Plan.ChunkCount, listing.Settled.Count, progress, time);
            Volatile.Write(ref computing, new(host, watch, budget));
            watch.Report();
            var workers = devices.Index().ToDictionary(each => each.Item, each => each.Index.ToString(CultureInfo.InvariantCulture));
            if (recording is not null) told = recording.KeepAsync(host, watch.Now, over.Token);
            var lanes = new LocalLanes(
                device => new Lane(device, host, Grid, Plan, listing.Kept, publication, watch, time, recorder: recording?.LaneOf(device)),
                device => workers[device],
                (device, loss) =>
                {
                    recording?.Retired(device);
                    journal.Record("retired", $"{device.Name}: {loss.Message}");
                });
            await lanes.RunAsync(devices, cancellation).ConfigureAwait(false);
            watch.Report();
            return await host.ProgressAsync(CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            await told.ConfigureAwait(false);
            publication.Placed = null;
            Volatile.Write(ref computing, null);
        }
    }

    private async Task<Refusal?> AskAsync(string done, Func<LocalSweepGrain, Task<Refusal?>> ask)
    {
        if (Volatile.Read(ref computing) is not { } now) return listing.IsComplete ? Refusal.Completed : Refusal.Busy;
        try
        {
            var refusal = await ask(now.Grain).ConfigureAwait(false);
            if (refusal is null) journal.Record(done);
            return refusal;
        }
        catch (ObjectDisposedException)
        {
            return Refusal.Completed;
        }
    }

    // On the way out of a failure, which the journal's own must not hide.
    private void TryRecord(string what, string? detail)
    {
        try
        {
            journal.Record(what, detail);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return;
        }
    }

    private sealed record Computing(LocalSweepGrain Grain, ProgressWatch Watch, long FailureBudget);
}
