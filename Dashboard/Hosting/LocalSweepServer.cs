using System.Collections.Immutable;
using System.Globalization;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Hosts.Local;
using Sweeps.Grains.Leases;
using Sweeps.Grains.Specs;
using Sweeps.Grains.Workers;

namespace Sweeps.Dashboard.Hosting;

/// <summary>
/// The run of this process as a cluster of one sweep, whose id is its folder's name, and one silo, this machine. Nothing is computed for it
/// unless somebody asks.
/// </summary>
internal sealed class LocalSweepServer(TimeProvider clock) : ISweepServer, IProgress<SweepProgress>
{
    private static readonly TimeSpan LastLook = TimeSpan.FromSeconds(1.5);

    private readonly DateTimeOffset startedAt = clock.GetUtcNow();
    private readonly string silo =
        string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}-{Environment.ProcessId}");

    private readonly Lock gate = new();
    private TaskCompletionSource changed = NewSignal();
    private TaskCompletionSource heard = NewSignal();
    private int waiting;
    private volatile LocalRun? shown;

    /// <inheritdoc/>
    public string Address => shown is { } run ? $"the run in {run.Sweep.Folder.Root}" : "a run on this machine";

    /// <summary>The run's folder; null before there is one.</summary>
    public string? Folder => shown?.Sweep.Folder.Root;

    /// <summary>The command that goes on with the run when this process has ended.</summary>
    public string? ResumeLine => shown?.ResumeLine;

    private static string IdOf(LocalRun run) => Path.GetFileName(run.Sweep.Folder.Root);

    /// <summary>Shows a sweep from now on.</summary>
    /// <param name="sweep">Opened, and about to be run.</param>
    /// <param name="devices">Its lanes.</param>
    /// <param name="cancel">Ends the run as an interruption does.</param>
    public void Show(LocalSweep sweep, IReadOnlyList<ILaneDevice> devices, Action cancel)
    {
        shown = new(sweep, devices, cancel, startedAt);
        Change();
    }

    /// <summary>The run has ended: whoever follows it has a moment to see how.</summary>
    public async Task EndAsync(SweepOutcome outcome)
    {
        if (shown is not { } run) return;
        run.End = new(outcome, clock.GetUtcNow());
        Task told;
        lock (gate)
        {
            if (waiting == 0) return;
            told = (heard = NewSignal()).Task;
        }
        Change();
        try
        {
            await told.WaitAsync(LastLook, clock).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // They have left.
        }
    }

    /// <summary>The run's progress.</summary>
    public void Report(SweepProgress value)
    {
        if (Volatile.Read(ref waiting) > 0) Change();
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<ServerSweep>> ListAsync(bool ended, CancellationToken cancellation) =>
        shown is { } run && await ReadAsync(run).ConfigureAwait(false) is var sweep && (ended || sweep.EndedAt is null) ? [sweep] : [];

    /// <inheritdoc/>
    public async Task<ServerSweep?> FindAsync(string id, CancellationToken cancellation) =>
        shown is { } run && id == IdOf(run) ? await ReadAsync(run).ConfigureAwait(false) : null;

    /// <inheritdoc/>
    public Task<ImmutableArray<ChunkEvidence>> EvidenceAsync(string id, int most, CancellationToken cancellation) => Task.FromResult(
        shown is { } run && id == IdOf(run) ? run.Sweep.Evidence(WorkerOf("0"), most) : []);

    /// <inheritdoc/>
    public Task<RecentChunks?> RecentChunksAsync(string id, CancellationToken cancellation) => Task.FromResult(
        shown is { } run && id == IdOf(run) && RecentChunksOf(run) is var recent ? recent with { Chunks = [.. recent.Chunks.Take(RecentChunks.Most)] } : null);

    /// <inheritdoc/>
    public Task<ImmutableArray<ServerSilo>> SilosAsync(CancellationToken cancellation)
    {
        if (shown is not { } run) return Task.FromResult(ImmutableArray<ServerSilo>.Empty);
        string? working = run.End is null ? IdOf(run) : null;
        var recent = RecentChunksOf(run);
        return Task.FromResult<ImmutableArray<ServerSilo>>(
        [
            new(silo, DatasetMetadata.SoftwareVersion, Path.GetDirectoryName(run.Sweep.Folder.Root) ?? "/", "working", startedAt, clock.GetUtcNow(),
            [
                .. run.Devices.Select((device, number) =>
                {
                    string worker = WorkerOf(number.ToString(CultureInfo.InvariantCulture));
                    return new ServerLane(worker, device.Name, working, recent.PointsPerSecondOf(worker));
                }),
            ]),
        ]);
    }

    /// <inheritdoc/>
    public Task<ServerAnswer> PauseAsync(string id, CancellationToken cancellation) => AskAsync(id, run => run.Sweep.PauseAsync());

    /// <inheritdoc/>
    public Task<ServerAnswer> ResumeAsync(string id, long? failureBudget, CancellationToken cancellation) =>
        AskAsync(id, run => run.Sweep.ResumeAsync());

    /// <summary>Ends the run, and with it the process; finished chunks stay, and it can be resumed.</summary>
    public Task<ServerAnswer> CancelAsync(string id, CancellationToken cancellation) => AskAsync(id, run =>
    {
        if (run.End is not null) return Task.FromResult<Refusal?>(Refusal.Completed);
        run.Cancel();
        return Task.FromResult<Refusal?>(null);
    });

    /// <exception cref="ServerException">Always.</exception>
    public Task<string> SubmitAsync(SweepSpec spec, SweepDemands demands, Guid submission, CancellationToken cancellation) =>
        throw new ServerException("a run on this machine takes no further sweep; start that with 'sweeps run SPEC', or submit it to a cluster");

    /// <exception cref="ServerException">If there is such a sweep.</exception>
    public Task<ServerAnswer> ExtendAsync(string id, string from, SweepSpec spec, CancellationToken cancellation) =>
        shown is { } run && id == IdOf(run)
            ? throw new ServerException("a run on this machine is not extended while it goes on; when it has ended, go on from there with the "
                + $"larger spec: sweeps run SPEC --out {ShellWord.Of(run.Sweep.Folder.Root)}")
            : Task.FromResult<ServerAnswer>(new ServerAnswer.Unknown());

    /// <inheritdoc/>
    public async Task WaitForChangeAsync(string id, TimeSpan longest, CancellationToken cancellation)
    {
        Task change;
        lock (gate)
        {
            (waiting, change) = (waiting + 1, changed.Task);
            heard.TrySetResult();
        }
        try
        {
            await change.WaitAsync(longest, clock, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Nothing has happened.
        }
        finally
        {
            lock (gate) waiting--;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<ServerAnswer> AskAsync(string id, Func<LocalRun, Task<Refusal?>> ask)
    {
        if (shown is not { } run || id != IdOf(run)) return new ServerAnswer.Unknown();
        var refusal = run.IsCancelled ? Refusal.Cancelled : await ask(run).ConfigureAwait(false);
        Change();
        return refusal is { } reason ? new ServerAnswer.Refused(reason) : new ServerAnswer.Done();
    }

    private static async Task<ServerSweep> ReadAsync(LocalRun run)
    {
        var (ledger, progress, budget, stage) = await run.Sweep.ReadAsync().ConfigureAwait(false);
        ledger = ledger with { Phase = run.PhaseOver(ledger.Phase) };
        return new(
            IdOf(run), run.SpecJson, run.Sweep.Spec.Hash, DatasetMetadata.SoftwareVersion, stage, run.Sweep.Grid.Count, ledger, budget,
            new SweepDemands(), ledger.Leased > 0 ? run.Devices.Count : 0, progress.PointsPerSecond, progress.Remaining, run.SubmittedAt,
            run.End?.At, run.Notes());
    }

    private string WorkerOf(string lane) => $"{silo}/{lane}";

    private RecentChunks RecentChunksOf(LocalRun run) =>
        new(clock.GetUtcNow(), [.. run.Sweep.RecentChunks().Select(chunk => chunk with { Worker = WorkerOf(chunk.Worker) })]);

    private void Change()
    {
        lock (gate)
        {
            changed.TrySetResult();
            changed = NewSignal();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
