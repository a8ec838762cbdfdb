using System.Text.Json;
using Sweeps.Grains.Hosts.Postgres;

namespace Sweeps.Benchmarks.Watching;

/// <summary>A real silo of one thread on a real PostgreSQL, as <c>deploy/local/cluster</c> starts them, in a folder of its own.</summary>
internal sealed class WatchedCluster : IAsyncDisposable
{
    private readonly string folder;
    private readonly string cluster;
    private readonly Dictionary<string, string?> environment;

    private WatchedCluster(string folder, string repository, string program, Dictionary<string, string?> environment) =>
        (this.folder, Repository, cluster, Program, this.environment) =
        (folder, repository, Path.Combine(repository, "deploy/local/cluster"), program, environment);

    public string Repository { get; }

    /// <summary>The program <c>sweeps</c>.</summary>
    public string Program { get; }

    /// <summary>Where programs find the cluster.</summary>
    public IReadOnlyDictionary<string, string?> Environment => environment;

    private string Home => Path.Combine(folder, "cluster");

    /// <summary>
    /// Starts it, with the programs that <c>SWEEPS_SILO</c> and <c>SWEEPS</c> name, or those of this checkout, which are published first.
    /// </summary>
    /// <exception cref="CommandException">That cannot be had.</exception>
    public static async Task<WatchedCluster> StartAsync(CancellationToken cancellation)
    {
        string repository = Repositories().FirstOrDefault(each => File.Exists(Path.Combine(each, "deploy/local/cluster")))
            ?? throw new CommandException("this program does not lie in a checkout: deploy/local/cluster is needed");
        string folder = Directory.CreateTempSubdirectory("sweeps-watching.").FullName;
        string program = System.Environment.GetEnvironmentVariable("SWEEPS") is { Length: > 0 } named
            ? named
            : Path.Combine(folder, "client/sweeps");
        var started = new WatchedCluster(folder, repository, program, new()
        {
            ["SWEEPS_SERVER"] = null,
            ["SWEEPS_SERVER_FILE"] = Path.Combine(folder, "cluster/secrets/operate"),
        });
        try
        {
            if (!File.Exists(program)) await started.PublishAsync(cancellation).ConfigureAwait(false);
            await started.ClusterAsync("up", ["--silos", "1", "--threads", "1"], cancellation).ConfigureAwait(false);
            return started;
        }
        catch
        {
            await started.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Submits a sweep.</summary>
    /// <param name="spec">Its text.</param>
    /// <param name="toItsEnd">Whether to wait until it has ended.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Its id.</returns>
    public async Task<string> SubmitAsync(string spec, bool toItsEnd, CancellationToken cancellation)
    {
        string file = Path.Combine(folder, "spec.yaml");
        await File.WriteAllTextAsync(file, spec, cancellation).ConfigureAwait(false);
        return await SweepsAsync(["submit", file, .. toItsEnd ? ["--watch"] : Array.Empty<string>()], cancellation).ConfigureAwait(false);
    }

    public Task CancelAsync(string id, CancellationToken cancellation) => SweepsAsync(["cancel", id], cancellation);

    /// <summary>The cluster, as those have it who may operate.</summary>
    public Task<PostgresSweepServer> OpenAsync(TimeProvider time, CancellationToken cancellation) =>
        PostgresAddress.TryParse(File.ReadLines(environment["SWEEPS_SERVER_FILE"]!).First(), out var address, out string? mistake)
            ? PostgresSweepServer.OpenAsync(address, time, cancellation)
            : throw new CommandException($"deploy/local/cluster wrote no address: {mistake}");

    /// <summary>Points that are finished.</summary>
    public async Task<long> PointsDoneAsync(string id, CancellationToken cancellation)
    {
        using var status = JsonDocument.Parse(await SweepsAsync(["status", id, "--json"], cancellation).ConfigureAwait(false));
        return status.RootElement.GetProperty("points_done").GetInt64();
    }

    public async ValueTask DisposeAsync()
    {
        if (Directory.Exists(Path.Combine(Home, "postgres")))
            await ClusterAsync("down", ["--wipe"], CancellationToken.None).ConfigureAwait(false);
        Directory.Delete(folder, recursive: true);
    }

    private Task<string> SweepsAsync(IEnumerable<string> words, CancellationToken cancellation) =>
        Command.RunAsync(Program, words, environment, cancellation);

    private Task<string> ClusterAsync(string verb, IEnumerable<string> words, CancellationToken cancellation) =>
        Command.RunAsync(cluster, [verb, "--dir", Home, .. words], new Dictionary<string, string?>(), cancellation);

    private Task<string> PublishAsync(CancellationToken cancellation) => Command.RunAsync(
        "dotnet",
        ["publish", Path.Combine(Repository, "Client"), "-c", "Release", "-o", Path.GetDirectoryName(Program)!, "-v", "quiet", "--nologo"],
        new Dictionary<string, string?>(), cancellation);

    private static IEnumerable<string> Repositories()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent) yield return at.FullName;
    }
}
