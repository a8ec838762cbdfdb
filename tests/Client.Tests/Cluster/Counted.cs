using System.Collections.Immutable;
using Sweeps.Fakes;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Specs;

namespace Sweeps.Client.Tests.Cluster;

/// <summary>A server that tells the cluster in memory when it is closed.</summary>
internal sealed class Counted(FakeCluster cluster, ISweepServer server) : ISweepServer
{
    public string Address => server.Address;

    public Task<string> SubmitAsync(SweepSpec spec, SweepDemands demands, Guid submission, CancellationToken cancellation) =>
        server.SubmitAsync(spec, demands, submission, cancellation);

    public Task<ImmutableArray<ServerSweep>> ListAsync(bool ended, CancellationToken cancellation) => server.ListAsync(ended, cancellation);

    public Task<ServerSweep?> FindAsync(string id, CancellationToken cancellation) => server.FindAsync(id, cancellation);

    public Task<ImmutableArray<ChunkEvidence>> EvidenceAsync(string id, int most, CancellationToken cancellation) =>
        server.EvidenceAsync(id, most, cancellation);

    public Task<RecentChunks?> RecentChunksAsync(string id, CancellationToken cancellation) => server.RecentChunksAsync(id, cancellation);

    public Task<ImmutableArray<ServerSilo>> SilosAsync(CancellationToken cancellation) => server.SilosAsync(cancellation);

    public Task<ServerAnswer> PauseAsync(string id, CancellationToken cancellation) => server.PauseAsync(id, cancellation);

    public Task<ServerAnswer> ResumeAsync(string id, long? failureBudget, CancellationToken cancellation) =>
        server.ResumeAsync(id, failureBudget, cancellation);

    public Task<ServerAnswer> CancelAsync(string id, CancellationToken cancellation) => server.CancelAsync(id, cancellation);

    public Task<ServerAnswer> ExtendAsync(string id, string from, SweepSpec spec, CancellationToken cancellation) =>
        server.ExtendAsync(id, from, spec, cancellation);

    public Task WaitForChangeAsync(string id, TimeSpan longest, CancellationToken cancellation) =>
        server.WaitForChangeAsync(id, longest, cancellation);

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await cluster.DisposeAsync();
    }
}
