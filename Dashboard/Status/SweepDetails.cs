using System.Collections.Immutable;
using Sweeps.Compute.Experiments;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Status;

/// <summary>All that a cluster knows of one sweep.</summary>
/// <param name="Sweep">Where it stands.</param>
/// <param name="Spec">What it computes; null if this version of the program cannot read that.</param>
/// <param name="Folders">Where its dataset is, on the machines of silos; empty as long as there are none.</param>
/// <param name="Evidence">What happened to chunks, newest first.</param>
public sealed record SweepDetails(
    ServerSweep Sweep, SweepSpec? Spec, ImmutableArray<string> Folders, ImmutableArray<ChunkEvidence> Evidence)
{
    /// <returns>Null if there is no such sweep.</returns>
    internal static async Task<SweepDetails?> FindAsync(
        ISweepServer server, string id, int mostEvidence, IReadOnlyCollection<IExperiment> catalogue, CancellationToken cancellation)
    {
        if (await server.FindAsync(id, cancellation).ConfigureAwait(false) is not { } sweep) return null;
        var evidence = await server.EvidenceAsync(sweep.Id, mostEvidence, cancellation).ConfigureAwait(false);
        var silos = await server.SilosAsync(cancellation).ConfigureAwait(false);
        var spec = SweepSpec.FromJson(sweep.SpecJson, sweep.Id, catalogue).Spec;
        return new(sweep, spec, [.. silos.DatasetFolders(sweep.Id)], evidence);
    }
}
