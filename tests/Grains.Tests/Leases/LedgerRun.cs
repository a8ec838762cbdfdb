using Sweeps.Grains.Leases;

namespace Sweeps.Grains.Tests.Leases;

/// <summary>A ledger with its state and a clock, for tests. Every chunk has 10 points but the last, which has 3.</summary>
internal sealed class LedgerRun(int chunks, LedgerPolicy? policy = null, long budget = 1000)
{
    public static readonly LedgerPolicy Minute = new() { LeaseDuration = TimeSpan.FromMinutes(1) };

    private readonly SweepLedger ledger = new(policy ?? Minute, chunk => chunk == chunks - 1 ? 3 : 10);

    public LedgerState State { get; private set; } = LedgerState.Begin(chunks, budget);

    public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public LedgerEffect[] Apply(LedgerEvent @event)
    {
        (State, var effects) = ledger.Apply(State, @event, Now);
        return [.. effects];
    }

    public Lease[] Claim(int maximum = 1, string worker = "w", int token = 1) =>
        [.. Apply(new LedgerEvent.Claim(worker, maximum, Token(token))).OfType<LedgerEffect.Granted>()
            .SelectMany(granted => granted.Leases)];

    public LedgerEffect[] Complete(Lease lease, long failed = 0) =>
        Apply(new LedgerEvent.Complete(lease.Id, PointsOf(lease.Id.Chunk) - failed, failed));

    public long PointsOf(int chunk) => chunk == chunks - 1 ? 3 : 10;

    public static Guid Token(int number) => new(number, 0, 0, new byte[8]);

    public static LedgerEffect[] Refused(Refusal reason) => [new LedgerEffect.Refused(reason)];
}
