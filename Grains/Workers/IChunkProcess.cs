using Sweeps.Grains.Datasets;
using Sweeps.Grains.Leases;
using Sweeps.Grains.Planning;

namespace Sweeps.Grains.Workers;

/// <summary>Runs a chunk in a process of its own, which it may take down.</summary>
public interface IChunkProcess
{
    /// <summary>Returns when the process has ended; by then its files are whole in staging under the lease's epoch, or it died.</summary>
    /// <param name="lease">By which the chunk is held; the lane renews it meanwhile.</param>
    /// <param name="chunk">Its points.</param>
    /// <param name="cancellation">The lease is lost, or the lane is stopped: the process is to be ended.</param>
    /// <exception cref="OperationCanceledException">Cancelled; the process has ended.</exception>
    /// <seealso cref="PartPublication.Adopt"/>
    Task<ChunkProcessResult> RunAsync(Lease lease, Chunk chunk, CancellationToken cancellation);
}
