using System.Collections.Immutable;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Leases;

namespace Sweeps.Contract.Hosts;

/// <summary>Points of the contract's sweeps: 10, 11 or 12 to a chunk.</summary>
public static class SamplePoints
{
    public static int Of(int chunk) => 10 + chunk % 3;

    public static long OfAll(int chunks) => Enumerable.Range(0, chunks).Sum(chunk => (long)Of(chunk));

    public static Completion Completed(this Lease lease, long failed = 0) => new(lease.Id, Of(lease.Id.Chunk) - failed, failed);

    public static Task<Refusal?> CompleteAsync(this ISweepGrain grain, Lease lease, long failed = 0) =>
        grain.CompleteAsync(lease.Id, Of(lease.Id.Chunk) - failed, failed);

    public static async Task<Lease[]> LeasesAsync(this ISweepGrain grain, int maximum = 1, string worker = "w")
    {
        var answer = await grain.ClaimAsync(worker, maximum);
        Assert.Equal(answer.Refusal is null, answer.Leases.Length > 0);
        return [.. answer.Leases];
    }

    public static async Task<Lease[]> LeasesIfAnyAsync(this ISweepGrain grain, int maximum) =>
        [.. (await grain.ClaimAsync("w", maximum)).Leases];

    public static IEnumerable<int> Chunks(this IEnumerable<Lease> leases) => leases.Select(lease => lease.Id.Chunk);

    public static void Are(this ImmutableArray<Refusal?> answers, params Refusal?[] expected) => Assert.Equal(expected, answers.ToArray());
}
