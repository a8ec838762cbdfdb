using System.Collections.Immutable;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Leases;
using Sweeps.Grains.Telemetry.Recording;

namespace Sweeps.Grains.Telemetry;

/// <summary>A grain whose answers to a worker are timed, from the question on, attempts of the host included.</summary>
internal sealed class TimedGrain(ISweepGrain grain, LeaseMetrics metrics, TimeProvider time) : ISweepGrain
{
    public TimeSpan? LeaseDuration => grain.LeaseDuration;

    public Task<ClaimAnswer> ClaimAsync(string worker, int maximum, CancellationToken cancellation = default) =>
        TimeAsync(LeaseCall.Claim, () => grain.ClaimAsync(worker, maximum, cancellation));

    public Task<ImmutableArray<Refusal?>> RenewAsync(ImmutableArray<LeaseId> leases, CancellationToken cancellation = default) =>
        TimeAsync(LeaseCall.Renew, () => grain.RenewAsync(leases, cancellation));

    public Task<ImmutableArray<Refusal?>> CompleteAsync(ImmutableArray<Completion> completions, CancellationToken cancellation = default) =>
        TimeAsync(LeaseCall.Complete, () => grain.CompleteAsync(completions, cancellation));

    public Task<Refusal?> FailAsync(LeaseId lease, string cause, bool workerDied = false, CancellationToken cancellation = default) =>
        TimeAsync(LeaseCall.Fail, () => grain.FailAsync(lease, cause, workerDied, cancellation));

    public Task<ImmutableArray<Refusal?>> ReleaseAsync(ImmutableArray<LeaseId> leases, CancellationToken cancellation = default) =>
        TimeAsync(LeaseCall.Release, () => grain.ReleaseAsync(leases, cancellation));

    // What users ask.
    public Task<Refusal?> PauseAsync(CancellationToken cancellation = default) => grain.PauseAsync(cancellation);

    public Task<Refusal?> ResumeAsync(long? failureBudget = null, CancellationToken cancellation = default) =>
        grain.ResumeAsync(failureBudget, cancellation);

    public Task<Refusal?> CancelAsync(CancellationToken cancellation = default) => grain.CancelAsync(cancellation);

    public Task<Refusal?> ExtendAsync(int chunkCount, LedgerHoldings holdings, CancellationToken cancellation = default) =>
        grain.ExtendAsync(chunkCount, holdings, cancellation);

    public Task<LedgerProgress> ProgressAsync(CancellationToken cancellation = default) => grain.ProgressAsync(cancellation);

    private async Task<T> TimeAsync<T>(LeaseCall call, Func<Task<T>> ask)
    {
        long sentAt = time.GetTimestamp();
        var heard = await ask().ConfigureAwait(false);
        metrics.Answered(call, time.GetElapsedTime(sentAt));
        return heard;
    }
}
