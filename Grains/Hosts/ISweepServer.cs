using System.Collections.Immutable;
using Sweeps.Grains.Specs;

namespace Sweeps.Grains.Hosts;

/// <summary>
/// What users ask of a cluster. A sweep is named by its id (<c>drift-17</c>) or its number (<c>17</c>); an unknown one is answered by null,
/// or by <see cref="ServerAnswer.Unknown"/>.
/// </summary>
/// <exception cref="ServerException">Every call: the server cannot be had, in one sentence with the remedy.</exception>
public interface ISweepServer : IAsyncDisposable
{
    /// <summary>For people; without secrets.</summary>
    string Address { get; }

    /// <param name="spec">What to run.</param>
    /// <param name="demands">Priority, lanes, devices.</param>
    /// <param name="submission">Made by the caller: the same one twice is one sweep, so a submission can be repeated.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The sweep's id.</returns>
    Task<string> SubmitAsync(SweepSpec spec, SweepDemands demands, Guid submission, CancellationToken cancellation);

    /// <summary>Sweeps that go on, newest first; with <paramref name="ended"/>, the others too.</summary>
    Task<ImmutableArray<ServerSweep>> ListAsync(bool ended, CancellationToken cancellation);

    Task<ServerSweep?> FindAsync(string id, CancellationToken cancellation);

    /// <summary>Newest first.</summary>
    Task<ImmutableArray<ChunkEvidence>> EvidenceAsync(string id, int most, CancellationToken cancellation);

    /// <summary>What lanes have in hand of it, and what they settled of late; null for an unknown sweep.</summary>
    Task<RecentChunks?> RecentChunksAsync(string id, CancellationToken cancellation);

    Task<ImmutableArray<ServerSilo>> SilosAsync(CancellationToken cancellation);

    Task<ServerAnswer> PauseAsync(string id, CancellationToken cancellation);

    Task<ServerAnswer> ResumeAsync(string id, long? failureBudget, CancellationToken cancellation);

    Task<ServerAnswer> CancelAsync(string id, CancellationToken cancellation);

    /// <summary>Lets the grid grow. The caller has compared the specs; that the old one is still <paramref name="from"/> is checked here.</summary>
    /// <param name="id">The sweep.</param>
    /// <param name="from">Hash of the spec that was compared.</param>
    /// <param name="spec">The larger one.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<ServerAnswer> ExtendAsync(string id, string from, SweepSpec spec, CancellationToken cancellation);

    /// <summary>Returns when something has happened to the sweep, or after <paramref name="longest"/>.</summary>
    Task WaitForChangeAsync(string id, TimeSpan longest, CancellationToken cancellation);
}
