using Npgsql;
using Sweeps.Contract.Server;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Hosts.Postgres;

namespace Sweeps.Contract.Postgres;

/// <summary>The schema, from any version to the newest, with rows in it.</summary>
[Collection(PostgresCollection.Name)]
public sealed class MigrationTests(PostgresServer server)
{
    // All that a schema is: columns, constraints, indexes, rights, comments.
    private const string Shape = """
        select 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
            || case when a.attnotnull then ' not null' else '' end || ' ' || a.attgenerated::text || a.attidentity::text
            || ' default ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '') || ' ' || coalesce(a.attacl::text, '')
            || ' ' || coalesce(col_description(c.oid, a.attnum), '')
        from pg_attribute a
        join pg_class c on c.oid = a.attrelid and c.relkind = 'r'
        left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
        where c.relnamespace = 'sweeps'::regnamespace and a.attnum > 0 and not a.attisdropped
        union all
        select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
        from pg_constraint where connamespace = 'sweeps'::regnamespace
        union all
        select 'index ' || indexdef from pg_indexes where schemaname = 'sweeps'
        union all
        select 'relation ' || relkind::text || ' ' || relname || ' ' || coalesce(reloptions::text, '') || ' ' || coalesce(relacl::text, '')
            || ' ' || coalesce(obj_description(oid, 'pg_class'), '')
        from pg_class where relnamespace = 'sweeps'::regnamespace
        union all
        select 'schema ' || coalesce(nspacl::text, '') from pg_namespace where nspname = 'sweeps'
        union all
        select 'migration ' || number || ' ' || name || ' ' || checksum from sweeps.migration
        """;

    // Rows as each version allows them; none may stand in the way of a later one.
    private static readonly string[] Rows =
    [
        "",
        $"""
        insert into sweeps.sweep (submission, name, spec_json, spec_hash, points, chunks, cut_version, software_version, failure_budget)
        select gen_random_uuid(), 'old', '{"{}"}', repeat('0', 64), 1000, 100, 2, '0.1.0', 100 from generate_series(1, 3);
        insert into sweeps.sweep_window (sweep, frontier, chunks_settled, points_done) select number, 10, 4, 40 from sweeps.sweep;
        """,
        """
        insert into sweeps.chunk (sweep, number, points) select number, 3, 10 from sweeps.sweep;
        insert into sweeps.chunk (sweep, number, points, state, epoch, token, worker, granted_at, expires_at)
        select number, 4, 10, 'leased', 1, gen_random_uuid(), 'w', now(), now() + interval '1 hour' from sweeps.sweep;
        insert into sweeps.chunk (sweep, number, points, state, ended_at, points_done, points_failed)
        select number, 5, 10, 'quarantined', now(), 0, 10 from sweeps.sweep;
        insert into sweeps.evidence (sweep, generation, chunk, worker, what, cause) select number, 1, 5, 'w', 'quarantined', 'boom' from sweeps.sweep;
        """,
        """
        insert into sweeps.silo (name, software_version, cut_version, data, lost_after) values ('s', '0.1.0', 2, '/data', '10 seconds');
        insert into sweeps.lane (worker, silo, number, device, is_accelerator, is_processor, sweep)
        select 's/0', 's', 0, '8 threads', false, true, min(number) from sweeps.sweep;
        insert into sweeps.note (sweep, silo, is_refusal, sentence) select number, 's', false, 'the disk is full' from sweeps.sweep;
        insert into sweeps.term values ('housekeeping', 's', 1, now(), now());
        """,
        """
        insert into sweeps.chunk (sweep, number, points, state, ended_at, points_done, points_failed)
        select number, 6, 10, 'settled', now(), 0, 10 from sweeps.sweep;
        """,
    ];

    [Fact]
    public void Every_version_has_rows_in_these_tests() => Assert.Equal(PostgresMigrations.Newest + 1, Rows.Length);

    [Fact]
    public async Task From_every_version_with_rows_in_it_the_newest_is_as_a_fresh_one_and_no_row_is_lost()
    {
        string fresh = await server.NewDatabaseAsync(empty: true);
        await MigrateAsync(fresh);
        var expected = await ReadAsync(fresh, Shape);
        foreach (string part in (string[])["column sweep.", "constraint sweeps.chunk", "index ", "sweeps_work=", "sweeps_operate=", "sweeps_read="])
            Assert.Contains(expected, line => line.Contains(part, StringComparison.Ordinal));
        for (int version = 0; version <= PostgresMigrations.Newest; version++)
        {
            string name = await server.NewDatabaseAsync(empty: true);
            Assert.Equal(version, (await MigrateAsync(name, last: version)).Count);
            foreach (string rows in Rows[..(version + 1)].Where(rows => rows.Length > 0)) await server.Process.ExecuteAsync(rows, name);
            Assert.Equal(PostgresMigrations.Newest - version, (await MigrateAsync(name)).Count);
            Assert.Equal(expected, await ReadAsync(name, Shape));
            Assert.Empty(await MigrateAsync(name));
            if (version == 0) continue;
            await using var sweeps = await PostgresSweepServer.OpenAsync(server.AddressOf(name), TimeProvider.System, CancellationToken.None);
            var listed = await sweeps.ListAsync(ended: true, CancellationToken.None);
            Assert.Equal(["old-3", "old-2", "old-1"], listed.Select(sweep => sweep.Id));
            Assert.All(listed, sweep => Assert.Equal(40, sweep.Progress.PointsDone));
        }
    }

    [Fact]
    public async Task Of_migrators_that_come_at_once_one_works_and_the_others_wait()
    {
        string name = await server.NewDatabaseAsync(empty: true);
        var applied = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => MigrateAsync(name))));
        Assert.Equal(PostgresMigrations.Newest, applied.Sum(steps => steps.Count));
        Assert.Single(applied, steps => steps.Count > 0);
    }

    [Fact]
    public async Task A_step_that_fails_leaves_the_version_before_it()
    {
        string name = await server.NewDatabaseAsync(empty: true);
        await MigrateAsync(name, last: 1);
        await server.Process.ExecuteAsync("create table sweeps.silo (number integer)", name); // in the way of a later step
        var refused = await Assert.ThrowsAsync<ServerException>(() => MigrateAsync(name));
        Assert.Contains("already exists", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["1"], await ReadAsync(name, "select number::text from sweeps.migration"));
        await server.Process.ExecuteAsync("drop table sweeps.silo", name);
        Assert.Equal(PostgresMigrations.Newest - 1, (await MigrateAsync(name)).Count);
    }

    [Fact]
    public async Task Rights_that_were_given_by_hand_are_taken_back()
    {
        string name = await server.NewDatabaseAsync(empty: true);
        await MigrateAsync(name);
        var expected = await ReadAsync(name, Shape);
        await server.Process.ExecuteAsync(
            "grant all on sweeps.sweep to sweeps_read; grant update (cause) on sweeps.evidence to sweeps_work; grant all on sequence sweeps.epoch to sweeps_read",
            name);
        Assert.NotEqual(expected, await ReadAsync(name, Shape));
        Assert.Empty(await MigrateAsync(name));
        Assert.Equal(expected, await ReadAsync(name, Shape));
    }

    [Fact]
    public async Task A_schema_that_is_newer_than_the_software_is_not_migrated_but_worked_with()
    {
        string name = await server.NewDatabaseAsync();
        await server.Process.ExecuteAsync("insert into sweeps.migration (number, name, checksum) values (9999, '9999-later', 'x')", name);
        var refused = await Assert.ThrowsAsync<ServerException>(() => MigrateAsync(name));
        Assert.Contains("schema version 9999", refused.Message, StringComparison.Ordinal);
        AssertOneSentence(refused);
        await using var sweeps = await PostgresSweepServer.OpenAsync(server.AddressOf(name), TimeProvider.System, CancellationToken.None);
        Assert.Empty(await sweeps.ListAsync(ended: true, CancellationToken.None));
    }

    [Fact]
    public async Task A_step_that_was_applied_with_another_text_is_refused_by_all()
    {
        string name = await server.NewDatabaseAsync();
        await server.Process.ExecuteAsync("update sweeps.migration set checksum = 'edited' where number = 2", name);
        foreach (var attempt in (Func<Task>[])[() => MigrateAsync(name), () => OpenAsync(name)])
        {
            var refused = await Assert.ThrowsAsync<ServerException>(attempt);
            Assert.Contains("0002-chunks", refused.Message, StringComparison.Ordinal);
            AssertOneSentence(refused);
        }
    }

    [Fact]
    public async Task Software_without_its_schema_says_how_to_make_it()
    {
        string empty = await server.NewDatabaseAsync(empty: true), old = await server.NewDatabaseAsync(empty: true);
        await MigrateAsync(old, last: 1);
        foreach (string name in (string[])[empty, old])
        {
            var refused = await Assert.ThrowsAsync<ServerException>(() => OpenAsync(name));
            Assert.Contains("sweeps-silo migrate", refused.Message, StringComparison.Ordinal);
            AssertOneSentence(refused);
        }
    }

    [Fact]
    public async Task A_database_that_forgets_what_it_said_when_it_crashes_is_refused()
    {
        string name = await server.NewDatabaseAsync();
        await server.Process.ExecuteAsync($"alter database {name} set synchronous_commit = off");
        var refused = await Assert.ThrowsAsync<ServerException>(() => OpenAsync(name));
        Assert.Contains("synchronous_commit", refused.Message, StringComparison.Ordinal);
        AssertOneSentence(refused);
    }

    private async Task OpenAsync(string database)
    {
        await using var opened = await PostgresSweepServer.OpenAsync(server.AddressOf(database), TimeProvider.System, CancellationToken.None);
    }

    private Task<IReadOnlyList<string>> MigrateAsync(string database, int last = int.MaxValue) =>
        PostgresMigrations.RunAsync(server.AddressOf(database), TimeProvider.System, CancellationToken.None, last);

    private static void AssertOneSentence(ServerException refused)
    {
        Assert.DoesNotContain('\n', refused.Message);
        Assert.DoesNotContain("at Npgsql", refused.Message, StringComparison.Ordinal);
    }

    private async Task<List<string>> ReadAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(server.Process.Administration(database).ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var rows = await command.ExecuteReaderAsync();
        List<string> lines = [];
        while (await rows.ReadAsync()) lines.Add(rows.GetString(0));
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }
}
