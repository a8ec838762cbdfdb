using System.Collections.Concurrent;
using Npgsql;
using Sweeps.Grains.Leases;

namespace Sweeps.Grains.Hosts.Postgres;

/// <summary>Datasets that need work as a whole, and the terms by which one silo at a time does it.</summary>
internal sealed class DatasetJobs(PostgresDatabase database, PostgresTiming timing)
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<(long Sweep, string Silo), byte> noted = new();

    /// <summary>Takes the term of a dataset that needs work; null if there is none.</summary>
    public Task<DatasetJob?> TakeAsync(string silo, CancellationToken cancellation) => database.BrieflyAsync(
        async (connection, stop) =>
        {
            if (await FindAsync(connection, silo, null, stop).ConfigureAwait(false) is not { } found) return null;
            DatasetTerm wanted = new(found.Sweep.Number, silo, 0);
            var (epoch, _) = await Terms.TakeAsync(connection, wanted.Role, silo, timing.Term, stop).ConfigureAwait(false);
            if (epoch is not { } mine) return null;
            // Somebody may have done it between the look and the term.
            if (await FindAsync(connection, silo, found.Sweep.Number, stop).ConfigureAwait(false) is { } still)
                return await JobOfAsync(connection, still, mine, stop).ConfigureAwait(false);
            await PostgresDatabase.DoAsync(connection, [EndOf(wanted with { Epoch = mine })], stop).ConfigureAwait(false);
            return null;
        },
        cancellation);

    /// <returns>False if the term is over.</returns>
    public async Task<bool> RenewAsync(DatasetTerm term, CancellationToken cancellation) =>
        await database.DoAsync([PostgresDatabase.Statement("renew-term", term.Role, term.Silo, term.Epoch, timing.Term)], cancellation)
            .ConfigureAwait(false) == 1;

    /// <returns>False if the term was over; nothing was changed.</returns>
    public async Task<bool> EndAsync(DatasetJob job, DatasetTerm term, LedgerHoldings? holdings, CancellationToken cancellation)
    {
        SweepControl control = new(database, job.Sweep.Number);
        bool done = job switch
        {
            DatasetJob.Prepare => await control.PreparedAsync(
                job.Sweep.Generation, PlanWindow.Of(job.Sweep.Chunks, holdings!, _ => 1), term, cancellation).ConfigureAwait(false),
            DatasetJob.Extend extend => await control.ExtendAsync(
                job.Sweep.Generation, PlanWindow.Of(extend.Next.Chunks, holdings!, _ => 1), cancellation, term).ConfigureAwait(false) is null,
            _ => await control.FinishedAsync(job.Sweep.Generation, term, cancellation).ConfigureAwait(false),
        };
        if (done && noted.TryRemove((job.Sweep.Number, term.Silo), out _))
            await database.DoAsync([PostgresDatabase.Statement("forget-note", job.Sweep.Number, term.Silo)], cancellation).ConfigureAwait(false);
        return done;
    }

    /// <summary>Gives the term back; nobody tries again for a while.</summary>
    public Task FailAsync(DatasetJob job, DatasetTerm term, string reason, CancellationToken cancellation)
    {
        noted[(job.Sweep.Number, term.Silo)] = 0;
        return database.DoAsync(
            [
                EndOf(term),
                PostgresDatabase.Statement("postpone-job", job.Sweep.Number, PauseAfterFailure),
                PostgresDatabase.Statement("note", job.Sweep.Number, term.Silo, false, PostgresWords.Kept(reason)),
            ],
            cancellation);
    }

    private static NpgsqlBatchCommand EndOf(DatasetTerm term) => PostgresDatabase.Statement("end-term", term.Role, term.Silo, term.Epoch);

    private static async Task<FoundJob?> FindAsync(NpgsqlConnection connection, string silo, long? evenTaken, CancellationToken stop)
    {
        var found = await PostgresDatabase.ReadAsync(
            connection,
            PostgresDatabase.Statement("find-job", silo, evenTaken),
            rows =>
            {
                var sweep = SweepRecords.Of(rows);
                var stage = PostgresWords.Stage(rows.GetString(10));
                var next = stage is DatasetStage.Extending
                    ? sweep with { Generation = sweep.Generation + 1, SpecJson = rows.GetString(11), SpecHash = rows.GetString(12), Chunks = rows.GetInt32(13) }
                    : null;
                return new FoundJob(sweep, stage, next, rows.GetInt64(14));
            },
            stop).ConfigureAwait(false);
        return found is [var job] ? job : null;
    }

    private static async Task<DatasetJob> JobOfAsync(NpgsqlConnection connection, FoundJob found, long epoch, CancellationToken stop)
    {
        if (found.Next is { } next) return new DatasetJob.Extend(found.Sweep, next, epoch);
        if (found.Stage is DatasetStage.Absent) return new DatasetJob.Prepare(found.Sweep, epoch);
        var quarantined = await PostgresDatabase.ReadAsync(
            connection, PostgresDatabase.Statement("quarantined", found.Sweep.Number), rows => new QuarantinedChunk(rows.GetInt32(0), rows.GetString(1)), stop)
            .ConfigureAwait(false);
        return new DatasetJob.Finish(found.Sweep, quarantined, found.PointsDone, epoch);
    }

    private sealed record FoundJob(SweepRecord Sweep, DatasetStage Stage, SweepRecord? Next, long PointsDone);
}
