using System.Collections.Immutable;
using System.Text.Json;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Hosts.Postgres;

namespace Sweeps.EndToEnd.Cluster;

/// <summary>A database, a data folder, silos, and a user with the command <c>sweeps</c>.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private readonly Workplace work = new();
    private readonly List<SiloProcess> silos = [];
    private readonly ClusterServer server;
    private readonly string database;
    private readonly PostgresSweepServer asked;

    private TestCluster(ClusterServer server, string database, PostgresSweepServer asked)
    {
        (this.server, this.database, this.asked) = (server, database, asked);
        Directory.CreateDirectory(Data);
    }

    /// <summary>The silos' data folder.</summary>
    public string Data => work["data"];

    /// <summary>Looks at the cluster without the costs of a process.</summary>
    public ISweepServer Server => asked;

    private Dictionary<string, string> User => new() { ["SWEEPS_SERVER"] = server.UrlOf(database, ClusterServer.Operate) };

    public static async Task<TestCluster> StartAsync(ClusterServer server)
    {
        string database = await server.NewDatabaseAsync();
        Assert.True(PostgresAddress.TryParse(server.UrlOf(database, ClusterServer.Operate), out var address, out string? mistake), mistake);
        return new(server, database, await PostgresSweepServer.OpenAsync(address!, TimeProvider.System, CancellationToken.None));
    }

    /// <summary>A path in a folder of the test's own.</summary>
    public string PathOf(string name) => work[name];

    public string Folder(string id) => Path.Combine(Data, id);

    /// <summary>Of its database, with the role's password.</summary>
    public string UrlOf(string role) => server.UrlOf(database, role);

    /// <summary>A silo with one lane.</summary>
    public SiloProcess StartSilo(params string[] options) => StartSiloIn(Data, options);

    public SiloProcess StartSiloIn(string data, params string[] options) => StartSilo([], server.UrlOf(database, ClusterServer.Work), data, options);

    /// <summary>A silo in surroundings of its own.</summary>
    /// <param name="command">That becomes the silo: <c>ip netns exec NAME</c>.</param>
    /// <param name="host">The server's address from there; null for the usual.</param>
    /// <param name="options">As on a command line.</param>
    public SiloProcess StartSiloUnder(string[] command, string? host, params string[] options) =>
        StartSilo(command, server.UrlOf(database, ClusterServer.Work, host), Data, options);

    /// <summary>A silo whose connections the database knows by a name, as their <c>application_name</c>.</summary>
    public SiloProcess StartSiloCalled(string name, params string[] options) =>
        StartSilo([], $"{server.UrlOf(database, ClusterServer.Work)}&application_name={name}", Data, options);

    /// <summary>The user's command, to its end.</summary>
    public ProgramOutcome Sweeps(params string[] arguments) => SweepsProcess.Run(User, arguments);

    public SweepsProcess StartSweeps(params string[] arguments) => SweepsProcess.Start(User, arguments);

    /// <returns>The sweep's id.</returns>
    public string Submit(string yaml, params string[] options) =>
        TrySubmit(yaml, options).Exits(0).Output.Trim();

    public ProgramOutcome TrySubmit(string yaml, params string[] options) => Sweeps(["submit", work.Spec("submitted.yaml", yaml), .. options]);

    public ProgramOutcome Extend(string id, string yaml) => Sweeps("extend", id, work.Spec("larger.yaml", yaml));

    /// <summary>What <c>sweeps status --json</c> says.</summary>
    public JsonElement Status(string id) => JsonDocument.Parse(Sweeps("status", id, "--json").Exits(0).Output).RootElement;

    public async Task<ServerSweep> FindAsync(string id)
    {
        var found = await asked.FindAsync(id, CancellationToken.None);
        Assert.NotNull(found);
        return found;
    }

    /// <summary>Waits until it is so.</summary>
    public async Task<ServerSweep> UntilAsync(string id, Func<ServerSweep, bool> isSo, string what)
    {
        ServerSweep? last = null;
        await ClusterDeadline.MeetAsync(
            async () => isSo(last = await FindPatientlyAsync(id)), () => $"{what}; the sweep is {last}\n{last?.Progress}\n{Logs()}");
        return last!;
    }

    /// <summary>The server may be one that is just being started again.</summary>
    public async Task<ServerSweep> FindPatientlyAsync(string id)
    {
        ServerSweep? found = null;
        await ClusterDeadline.MeetAsync(
            async () =>
            {
                try
                {
                    found = await FindAsync(id);
                    return true;
                }
                catch (ServerException gone) when (gone.IsTransient)
                {
                    return false;
                }
            },
            () => "the server does not answer");
        return found!;
    }

    public Task<ServerSweep> UntilFinishedAsync(string id) =>
        UntilAsync(id, sweep => sweep.Stage is DatasetStage.Finished, "the sweep does not end");

    /// <summary>Waits until a chunk is in the middle of its work: rows of it are staged, and it is not whole.</summary>
    public Task<ServerSweep> UntilComputingAsync(string id) => UntilAsync(
        id, sweep => sweep.Progress.Leased > 0 && Staged(id).Length > 0, "no chunk is in the middle of its work");

    /// <summary>Names of files that workers stage.</summary>
    public string[] Staged(string id) => Directory.Exists(Path.Combine(Folder(id), "_staging"))
        ? [.. Directory.GetFiles(Path.Combine(Folder(id), "_staging")).Select(path => Path.GetFileName(path))]
        : [];

    public Task<ImmutableArray<ChunkEvidence>> EvidenceAsync(string id) => asked.EvidenceAsync(id, 1000, CancellationToken.None);

    /// <summary>Runs statements as the administrator.</summary>
    /// <returns>How many rows they changed.</returns>
    public Task<int> ExecuteAsync(string sql) => server.ExecuteAsync(database, sql);

    /// <summary>The words of a query's first column.</summary>
    public Task<string[]> AskAsync(string sql) => server.AskAsync(database, sql);

    /// <summary>Asserts that the dataset has the rows of a local run.</summary>
    public void IsWhole(string id, string yaml, int points)
    {
        Rows.AreWhole(Folder(id), points);
        Assert.Equal(server.LocalDigest(yaml), Rows.Digest(Folder(id)));
    }

    /// <summary>Asserts that no silo met an error of the program itself.</summary>
    public void NoSiloFailed()
    {
        foreach (var silo in silos) Assert.DoesNotContain("an error of the program itself", silo.Errors, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in silos) silo.Dispose();
        await asked.DisposeAsync();
        work.Dispose();
    }

    private SiloProcess StartSilo(string[] command, string url, string data, string[] options)
    {
        string[] usual = ["run", "--data", data, "--device", "cpu"];
        var silo = SiloProcess.StartUnder(command, url, [.. usual, .. options]);
        silos.Add(silo);
        return silo;
    }

    private string Logs() => string.Join('\n', silos.Select((silo, number) => $"silo {number}:\n{silo.Errors}"));
}
