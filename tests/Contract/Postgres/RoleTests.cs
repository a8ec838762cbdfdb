using System.Globalization;
using Npgsql;
using Sweeps.Compute.Experiments;
using Sweeps.Contract.Hosts;
using Sweeps.Contract.Server;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Hosts.Postgres;
using Sweeps.Grains.Leases;
using Sweeps.Grains.Planning;
using Sweeps.Grains.Specs;

namespace Sweeps.Contract.Postgres;

/// <summary>Each role can do its work, and nothing else.</summary>
[Collection(PostgresCollection.Name)]
public sealed class RoleTests(PostgresServer server) : IAsyncLifetime
{
    private const string Password = "pa ss'%/:@?#Wörd-93b1";
    private const string Database = "cluster";

    private static readonly CancellationToken Never = CancellationToken.None;

    public async Task InitializeAsync()
    {
        await server.MakeRolesAsync(Database);
        foreach (string role in (string[])["owner", "work", "operate", "read"])
            await server.Process.ExecuteAsync($"alter role sweeps_{role} password '{Password.Replace("'", "''", StringComparison.Ordinal)}'");
        await server.Process.ExecuteAsync("create schema secret; create table secret.payroll (salary integer)", Database);
        await PostgresMigrations.RunAsync(AddressOf("owner"), TimeProvider.System, Never);
    }

    public Task DisposeAsync() => server.Process.ExecuteAsync($"drop database {Database} with (force)");

    [Fact]
    public async Task Operators_submit_and_silos_run_a_whole_sweep()
    {
        await using var user = await OpenAsync("operate");
        var submission = Guid.NewGuid();
        string id = await user.SubmitAsync(Spec(points: 1200), new SweepDemands(Priority: 3), submission, Never);
        Assert.Equal(id, await user.SubmitAsync(Spec(points: 1200), new SweepDemands(Priority: 3), submission, Never));
        await using var silo = await OpenSiloAsync("work");
        await RegisterAsync(silo);

        var prepare = Assert.IsType<DatasetJob.Prepare>(await silo.TakeDatasetJobAsync(Never));
        Assert.True(await silo.RenewDatasetJobAsync(prepare, Never));
        await silo.FailDatasetJobAsync(prepare, "the disk is full", Never);
        await server.Process.ExecuteAsync("update sweeps.sweep set job_not_before = null", Database);
        var again = Assert.IsType<DatasetJob.Prepare>(await silo.TakeDatasetJobAsync(Never));
        Assert.True(await silo.EndDatasetJobAsync(again, new LedgerHoldings([], [], 0, 0), Never));

        var record = await silo.ChooseAsync(0, Never);
        Assert.Equal(id, record!.Folder);
        var plan = new ChunkPlan(new PointGrid(Spec(points: 1200)));
        Assert.InRange(plan.ChunkCount, 3, 1200);
        var grain = silo.GrainOf(record, chunk => plan.ChunkAt(chunk).Count);
        Assert.True(await silo.BeatAsync(draining: false, Never));
        var first = (await grain.ClaimAsync(silo.WorkerOf(0), 2, Never)).Leases;
        Assert.Null(await grain.RenewAsync(first[0].Id));
        Assert.Null(await grain.ReleaseAsync(first[0].Id));
        Assert.Null(await grain.FailAsync(first[1].Id, "boom", cancellation: Never));
        Assert.IsType<ServerAnswer.Done>(await user.PauseAsync(id, Never));
        Assert.IsType<ServerAnswer.Done>(await user.ResumeAsync(id, null, Never));
        while ((await grain.ClaimAsync(silo.WorkerOf(0), 64, Never)).Leases is { IsEmpty: false } leases)
            Assert.All(
                await grain.CompleteAsync([.. leases.Select(lease => new Completion(lease.Id, plan.ChunkAt(lease.Id.Chunk).Count, 0))], Never),
                refusal => Assert.Null(refusal));
        await silo.HousekeepAsync(Never);
        var finish = Assert.IsType<DatasetJob.Finish>(await silo.TakeDatasetJobAsync(Never));
        Assert.Equal(1200, finish.PointsDone);
        Assert.True(await silo.EndDatasetJobAsync(finish, null, Never));
        await silo.LeaveAsync(Never);

        var ended = await user.FindAsync(id, Never);
        Assert.Equal((DatasetStage.Finished, LedgerPhase.Completed, 1200), (ended!.Stage, ended.Progress.Phase, ended.Progress.PointsDone));
        Assert.Single(await user.EvidenceAsync(id, 10, Never));
    }

    [Fact]
    public async Task Operators_pause_extend_and_cancel_but_do_not_work()
    {
        await using var user = await OpenAsync("operate");
        string id = await user.SubmitAsync(Spec(points: 40), new SweepDemands(), Guid.NewGuid(), Never);
        await server.Process.ExecuteAsync("update sweeps.sweep set stage = 'ready'", Database);
        Assert.IsType<ServerAnswer.Done>(await user.ExtendAsync(id, Spec(points: 40).Hash, Spec(points: 60), Never));
        await server.Process.ExecuteAsync(
            "update sweeps.sweep set stage = 'ready', next_spec_json = null, next_spec_hash = null, next_points = null, next_chunks = null", Database);
        await using (var silo = await OpenSiloAsync("operate"))
        {
            var grain = silo.GrainOf(await RecordAsync(), _ => 1);
            await AssertRefusedAsync(() => grain.ClaimAsync("me", 1, Never));
            await AssertRefusedAsync(() => RegisterAsync(silo));
            await AssertRefusedAsync(() => silo.HousekeepAsync(Never));
        }
        await AssertDeniedAsync("operate", "insert into sweeps.chunk (sweep, number, points) values (1, 1, 1)");
        await AssertDeniedAsync("operate", "update sweeps.chunk set state = 'settled', ended_at = now(), points_done = points, points_failed = 0");
        await AssertDeniedAsync("operate", "update sweeps.chunk set deaths = 0");
        await AssertDeniedAsync("operate", "update sweeps.sweep_window set points_done = 9");
        await AssertDeniedAsync("operate", "update sweeps.sweep set spec_json = '{}'");
        await AssertDeniedAsync("operate", "delete from sweeps.sweep");
        await AssertDeniedAsync("operate", "delete from sweeps.evidence");
        await AssertNoWayOutAsync("operate");
        Assert.IsType<ServerAnswer.Done>(await user.CancelAsync(id, Never));
    }

    [Fact]
    public async Task Silos_do_not_submit_nor_touch_what_is_the_users()
    {
        await using var user = await OpenAsync("work");
        await AssertRefusedAsync(() => user.SubmitAsync(Spec(points: 4), new SweepDemands(), Guid.NewGuid(), Never));
        foreach (string statement in (string[])[
            "update sweeps.sweep set priority = 9", "update sweeps.sweep set failure_budget = 9", "update sweeps.sweep set mark = gen_random_uuid()",
            "update sweeps.sweep set name = 'x'", "update sweeps.sweep set submission = gen_random_uuid()", "delete from sweeps.sweep",
            "delete from sweeps.sweep_window", "update sweeps.evidence set cause = ''", "delete from sweeps.evidence", "truncate sweeps.chunk",
            "select setval('sweeps.epoch', 1)"])
            await AssertDeniedAsync("work", statement);
        await AssertNoWayOutAsync("work");
    }

    [Fact]
    public async Task Readers_only_look()
    {
        await using (var operate = await OpenAsync("operate"))
            await operate.SubmitAsync(Spec(points: 4), new SweepDemands(), Guid.NewGuid(), Never);
        await server.Process.ExecuteAsync("update sweeps.sweep set stage = 'ready'", Database);
        await using var user = await OpenAsync("read");
        var sweep = Assert.Single(await user.ListAsync(ended: true, Never));
        Assert.Empty(await user.SilosAsync(Never));
        Assert.Empty(await user.EvidenceAsync(sweep.Id, 9, Never));
        await AssertRefusedAsync(() => user.SubmitAsync(Spec(points: 4), new SweepDemands(), Guid.NewGuid(), Never));
        await AssertRefusedAsync(() => user.PauseAsync(sweep.Id, Never));
        await AssertRefusedAsync(() => user.ResumeAsync(sweep.Id, 9, Never));
        await AssertRefusedAsync(() => user.CancelAsync(sweep.Id, Never));
        await AssertRefusedAsync(() => user.ExtendAsync(sweep.Id, sweep.SpecHash, Spec(points: 8), Never));
        foreach (string table in (string[])["sweep", "sweep_window", "chunk", "evidence", "silo", "lane", "term", "note", "migration"])
            await AssertDeniedAsync("read", $"set transaction read write; delete from sweeps.{table}");
        await AssertNoWayOutAsync("read");
    }

    [Fact]
    public async Task A_wrong_password_is_refused_in_one_sentence_without_it()
    {
        var wrong = PostgresServer.Parsed(server.Process.AddressOf(Database, "sweeps_work", "hunter-2-hunter", query: "?sslmode=disable"));
        var refused = await Assert.ThrowsAsync<ServerException>(() => PostgresMigrations.RunAsync(wrong, TimeProvider.System, Never));
        Secrets.AssertKept(refused, "hunter-2-hunter");
        Assert.Contains("password authentication failed", refused.Message, StringComparison.Ordinal);
    }

    // What none of the roles may do.
    private async Task AssertNoWayOutAsync(string role)
    {
        foreach (string statement in (string[])[
            "select salary from secret.payroll", "create table sweeps.mine (x integer)", "create table public.mine (x integer)",
            "create temporary table mine (x integer)", "create schema mine", "drop table sweeps.note", "alter table sweeps.chunk add column x integer",
            "create index mine on sweeps.chunk (worker)", "create function sweeps.mine() returns integer language sql as 'select 1'",
            "update sweeps.migration set checksum = 'x'", "insert into sweeps.migration values (9, 'x', 'x')", "truncate sweeps.sweep cascade",
            "set role sweeps_owner", "copy sweeps.sweep to '/tmp/x'", "create role mine",
            "alter role current_user createdb"])
            await AssertDeniedAsync(role, $"set transaction read write; {statement}");
    }

    private async Task AssertDeniedAsync(string role, string sql)
    {
        await using var connection = new NpgsqlConnection(AddressOf(role).ConnectionString().ConnectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        var denied = await Record.ExceptionAsync(() => command.ExecuteNonQueryAsync());
        Assert.True(denied is PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege }, $"{role}: {sql}: {denied?.Message ?? "was done"}");
        Secrets.AssertKept(denied!, Password);
    }

    private static async Task AssertRefusedAsync(Func<Task> ask)
    {
        var refused = await Assert.ThrowsAsync<ServerException>(ask);
        Secrets.AssertKept(refused, Password);
    }

    private async Task<SweepRecord> RecordAsync()
    {
        await using var silo = await OpenSiloAsync("work");
        await RegisterAsync(silo);
        var record = await silo.ChooseAsync(0, Never);
        await silo.LeaveAsync(Never);
        return record!;
    }

    private static Task RegisterAsync(PostgresSiloServer silo) => silo.RegisterAsync(
        new("machine", DatasetMetadata.SoftwareVersion, ChunkPlan.Version, "/data", [new("8 threads", IsAccelerator: false, IsProcessor: true)]), Never);

    private Task<PostgresSweepServer> OpenAsync(string role) => PostgresSweepServer.OpenAsync(AddressOf(role), TimeProvider.System, Never);

    private Task<PostgresSiloServer> OpenSiloAsync(string role) =>
        PostgresSiloServer.OpenAsync(AddressOf(role), "machine", PostgresTiming.Of(TimeSpan.FromSeconds(10)), TimeProvider.System, Never);

    private PostgresAddress AddressOf(string role)
    {
        var address = PostgresServer.Parsed(
            server.Process.AddressOf(Database, $"sweeps_{role}", Uri.EscapeDataString(Password), query: "?sslmode=disable&pool_size=2"));
        Assert.DoesNotContain("93b1", address.ToString(), StringComparison.Ordinal);
        return address;
    }

    private static SweepSpec Spec(int points)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $$"""
            name: roles
            experiment: gaussian-mixture
            axes:
              separation: { from: 1, to: {{points}}, count: {{points}} }
            fixed: { dimension: 256, training_points: 2000, samples: 4096, steps: 500 }
            seed: 7
            """);
        var reading = SpecReader.Read(text, "spec.yaml", [], ExperimentCatalogue.All);
        return reading.Spec ?? throw new InvalidOperationException(string.Join('\n', reading.Mistakes));
    }
}
