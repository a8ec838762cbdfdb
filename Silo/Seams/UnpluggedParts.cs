using Sweeps.Grains.Hosts;
using Sweeps.Grains.Hosts.Postgres;
using Sweeps.Silo.Datasets;

namespace Sweeps.Silo.Seams;

// Stand here until the PostgreSQL host and the shared datasets are in Grains: then this file goes, and Program names theirs.
internal sealed class UnpluggedCluster : ISiloCluster
{
    private const string Sentence = "this build has no PostgreSQL host; build one that has";

    public Task<ISiloServer> OpenAsync(PostgresAddress address, string host, TimeSpan lostAfter, CancellationToken cancellation) =>
        throw new ServerException(Sentence);

    public Task<IReadOnlyList<string>> MigrateAsync(PostgresAddress address, CancellationToken cancellation) =>
        throw new ServerException(Sentence);
}

internal sealed class UnpluggedDatasets : ISiloDatasets
{
    private const string Sentence = "this build has no shared datasets; build one that has";

    public Task<DatasetOpening> OpenAsync(SweepRecord sweep, CancellationToken cancellation) =>
        Task.FromResult<DatasetOpening>(new DatasetOpening.Refused(Sentence));

    public Task<DatasetJobResult> DoAsync(DatasetJob job, CancellationToken cancellation) =>
        Task.FromResult<DatasetJobResult>(new DatasetJobResult.Refused(Sentence));
}
