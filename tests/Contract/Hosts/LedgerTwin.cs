using System.Collections.Immutable;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Leases;

namespace Sweeps.Contract.Hosts;

/// <summary>The pure ledger beside a host: its epochs and tokens are others, so leases are known by the order of their grants.</summary>
internal sealed class LedgerTwin(int chunks, long failureBudget)
{
    private static readonly LedgerPolicy Policy = new() { LeaseDuration = TimeSpan.FromHours(1) };

    private readonly SweepLedger ledger = new(Policy, SamplePoints.Of);
    private LedgerState state = LedgerState.Begin(chunks, failureBudget);
    private DateTimeOffset now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private int claims;

    /// <summary>All leases that were ever granted: the ledger's, and the host's.</summary>
    public List<(LeaseId Mine, LeaseId Theirs)> Ever { get; } = [];

    public LedgerProgress Progress => state.Progress;

    /// <returns>The refusal in words, or nothing.</returns>
    public string Take(LedgerEvent @event) => Words(Apply(@event).OfType<LedgerEffect.Refused>().FirstOrDefault()?.Reason);

    /// <summary>A claim, of which the host has granted <paramref name="theirs"/>.</summary>
    public string Claim(int maximum, ImmutableArray<Lease> theirs)
    {
        var effects = Apply(new LedgerEvent.Claim("w", maximum, new Guid(++claims, 0, 0, new byte[8])));
        ImmutableArray<Lease> mine = [.. effects.OfType<LedgerEffect.Granted>().SelectMany(granted => granted.Leases)];
        Ever.AddRange(mine.Zip(theirs).Select(pair => (pair.First.Id, pair.Second.Id)));
        return Words(new ClaimAnswer(mine, effects.OfType<LedgerEffect.Refused>().FirstOrDefault()?.Reason));
    }

    public void ExpireAll()
    {
        now += Policy.LeaseDuration!.Value;
        Apply(new LedgerEvent.Tick());
    }

    public void Lose() => Apply(new LedgerEvent.Lose("w"));

    public static string Words(ClaimAnswer answer) =>
        string.Join(' ', answer.Leases.Select(lease => $"{lease.Id.Chunk}{(lease.Alone ? " alone" : "")} {lease.History};")) + Words(answer.Refusal);

    public static string Words(Refusal? refusal) => refusal?.ToString() ?? "";

    private ImmutableArray<LedgerEffect> Apply(LedgerEvent @event)
    {
        (state, var effects) = ledger.Apply(state, @event, now);
        return effects;
    }
}
