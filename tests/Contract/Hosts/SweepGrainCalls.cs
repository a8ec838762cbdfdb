using Sweeps.Grains.Hosts;
using Sweeps.Grains.Leases;

namespace Sweeps.Contract.Hosts;

/// <summary>Batches of one.</summary>
internal static class SweepGrainCalls
{
    public static async Task<Refusal?> RenewAsync(this ISweepGrain grain, LeaseId lease, CancellationToken cancellation = default) =>
        (await grain.RenewAsync([lease], cancellation).ConfigureAwait(false))[0];

    public static async Task<Refusal?> CompleteAsync(
        this ISweepGrain grain, LeaseId lease, long pointsDone, long pointsFailed, CancellationToken cancellation = default) =>
        (await grain.CompleteAsync([new Completion(lease, pointsDone, pointsFailed)], cancellation).ConfigureAwait(false))[0];

    public static async Task<Refusal?> ReleaseAsync(this ISweepGrain grain, LeaseId lease, CancellationToken cancellation = default) =>
        (await grain.ReleaseAsync([lease], cancellation).ConfigureAwait(false))[0];
}
