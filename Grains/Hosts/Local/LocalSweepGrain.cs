using System.Collections.Immutable;
using System.Threading.Channels;
using Sweeps.Grains.Leases;

namespace Sweeps.Grains.Hosts.Local;

/// <summary>A sweep grain in this process: a mailbox, and one turn after the other.</summary>
public sealed class LocalSweepGrain : ISweepGrain, IAsyncDisposable
{
    private readonly Channel<Turn> mailbox = Channel.CreateUnbounded<Turn>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SweepLedger ledger;
    private readonly TimeProvider time;
    private readonly Task turns;
    private readonly RecentChunkLog recent = new();
    private LedgerState state;

    public LocalSweepGrain(SweepLedger ledger, LedgerState state, TimeProvider time)
    {
        (this.ledger, this.state, this.time) = (ledger, state, time);
        turns = Task.Run(TakeTurnsAsync);
    }

    /// <summary>Null: inside one process nobody is lost without the others.</summary>
    public TimeSpan? LeaseDuration => null;

    /// <inheritdoc/>
    public async Task<ClaimAnswer> ClaimAsync(string worker, int maximum, CancellationToken cancellation = default)
    {
        var (_, effects) = await Ask(new LedgerEvent.Claim(worker, maximum, Guid.NewGuid())).ConfigureAwait(false);
        return new([.. effects.OfType<LedgerEffect.Granted>().SelectMany(granted => granted.Leases)], RefusalIn(effects));
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<Refusal?>> RenewAsync(ImmutableArray<LeaseId> leases, CancellationToken cancellation = default) =>
        DoAll(leases, lease => new LedgerEvent.Renew(lease));

    /// <inheritdoc/>
    public Task<ImmutableArray<Refusal?>> CompleteAsync(ImmutableArray<Completion> completions, CancellationToken cancellation = default) =>
        DoAll(completions, each => new LedgerEvent.Complete(each.Lease, each.PointsDone, each.PointsFailed));

    /// <inheritdoc/>
    public Task<Refusal?> FailAsync(LeaseId lease, string cause, bool workerDied = false, CancellationToken cancellation = default) =>
        Do(new LedgerEvent.Fail(lease, cause, workerDied));

    /// <inheritdoc/>
    public Task<ImmutableArray<Refusal?>> ReleaseAsync(ImmutableArray<LeaseId> leases, CancellationToken cancellation = default) =>
        DoAll(leases, lease => new LedgerEvent.Release(lease));

    /// <inheritdoc/>
    public Task<Refusal?> PauseAsync(CancellationToken cancellation = default) => Do(new LedgerEvent.Pause());

    /// <inheritdoc/>
    public Task<Refusal?> ResumeAsync(long? failureBudget = null, CancellationToken cancellation = default) =>
        Do(new LedgerEvent.Resume(failureBudget));

    /// <inheritdoc/>
    public Task<Refusal?> CancelAsync(CancellationToken cancellation = default) => Do(new LedgerEvent.Cancel());

    /// <inheritdoc/>
    public Task<Refusal?> ExtendAsync(int chunkCount, LedgerHoldings holdings, CancellationToken cancellation = default) =>
        Do(new LedgerEvent.Extend(chunkCount, holdings));

    /// <inheritdoc/>
    public async Task<LedgerProgress> ProgressAsync(CancellationToken cancellation = default) =>
        (await Ask(new LedgerEvent.Tick()).ConfigureAwait(false)).State.Progress;

    /// <summary>The newest grants first.</summary>
    internal ImmutableArray<RecentChunk> RecentChunks() => recent.Read(time.GetUtcNow());

    public async ValueTask DisposeAsync()
    {
        mailbox.Writer.TryComplete();
        await turns.ConfigureAwait(false);
    }

    private async Task<Refusal?> Do(LedgerEvent @event) => RefusalIn((await Ask(@event).ConfigureAwait(false)).Effects);

    private async Task<ImmutableArray<Refusal?>> DoAll<T>(ImmutableArray<T> items, Func<T, LedgerEvent> eventOf) =>
        [.. await Task.WhenAll(items.Select(item => Do(eventOf(item)))).ConfigureAwait(false)];

    private static Refusal? RefusalIn(ImmutableArray<LedgerEffect> effects) =>
        effects.OfType<LedgerEffect.Refused>().FirstOrDefault()?.Reason;

    private Task<(LedgerState State, ImmutableArray<LedgerEffect> Effects)> Ask(LedgerEvent @event)
    {
        var turn = new Turn(@event);
        return mailbox.Writer.TryWrite(turn) ? turn.Answer.Task : throw new ObjectDisposedException(nameof(LocalSweepGrain));
    }

    private async Task TakeTurnsAsync()
    {
        await foreach (var turn in mailbox.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                var now = time.GetUtcNow();
                (state, var effects) = ledger.Apply(state, turn.Event, now);
                recent.Note(turn.Event, effects, now);
                turn.Answer.SetResult((state, effects));
            }
#pragma warning disable CA1031 // Nothing has changed but for the answer, and who asks next still gets one.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                turn.Answer.SetException(failure);
            }
        }
    }

    private sealed class Turn(LedgerEvent @event)
    {
        public LedgerEvent Event { get; } = @event;

        public TaskCompletionSource<(LedgerState State, ImmutableArray<LedgerEffect> Effects)> Answer { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
