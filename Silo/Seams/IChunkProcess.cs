using Sweeps.Grains.Leases;
using Sweeps.Grains.Planning;

namespace Sweeps.Grains.Workers;

// Stand here until the lanes in Grains have theirs: then this file goes.
internal interface IChunkProcess
{
    Task<ChunkProcessResult> RunAsync(Lease lease, Chunk chunk, CancellationToken cancellation);
}

internal abstract record ChunkProcessResult
{
    public sealed record Staged(long PointsDone, long PointsFailed) : ChunkProcessResult;

    public sealed record Died(string Cause) : ChunkProcessResult;
}
