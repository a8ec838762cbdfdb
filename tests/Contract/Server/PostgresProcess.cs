using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;

namespace Sweeps.Contract.Server;

/// <summary>
/// A real PostgreSQL server of this machine, in a folder of its own, on a free port of 127.0.0.1 and a Unix socket. It ends with this process,
/// however that ends: see <c>postgres-server.sh</c>.
/// </summary>
public sealed class PostgresProcess : IAsyncDisposable
{
    public const string Administrator = "sweeps_admin", Loopback = "127.0.0.1";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;

    private PostgresProcess(Process process, string password) =>
        (this.process, Password) = (process, password);

    /// <summary>Where it lies, with its socket, log and certificates (<c>ca.crt</c>, <c>stranger.crt</c>).</summary>
    public string Folder { get; private set; } = "";

    public int Port { get; private set; }

    /// <summary>Of <see cref="Administrator"/>, over TCP.</summary>
    public string Password { get; }

    /// <exception cref="InvalidOperationException">PostgreSQL is not installed, or does not start.</exception>
    public static async Task<PostgresProcess> StartAsync(bool certificates = false)
    {
        string password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var server = new PostgresProcess(StartScript(), password);
        try
        {
            server.Folder = await server.AskAsync(password).ConfigureAwait(false)
                ?? throw new InvalidOperationException("initdb failed; try it by hand");
            if (certificates && await server.AskAsync("certificates").ConfigureAwait(false) is null) throw server.Failure("makes no certificates");
            await server.StartAgainAsync().ConfigureAwait(false);
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Stops at once, as in a power cut: the next start recovers.</summary>
    public async Task CrashAsync()
    {
        if (await AskAsync("stop immediate").ConfigureAwait(false) is null) throw Failure("does not stop");
    }

    /// <summary>Starts after a crash, on the port it had.</summary>
    public async Task StartAgainAsync()
    {
        // Somebody may take a free port before the server does.
        for (int attempt = 0; attempt < 5; attempt++)
        {
            int port = Port > 0 ? Port : FreePort();
            if (await AskAsync(string.Create(CultureInfo.InvariantCulture, $"start {port}")).ConfigureAwait(false) is null) continue;
            Port = port;
            return;
        }
        throw Failure("does not start");
    }

    /// <summary>Starts again, and listens on another address of this machine, too; on none but the loopback once that is gone.</summary>
    /// <param name="address">Of this machine.</param>
    /// <param name="range">Who may come from there, as address and mask.</param>
    public async Task ListenAlsoAsync(string address, string range)
    {
        if (await AskAsync($"listen {address} {range}").ConfigureAwait(false) is null) throw Failure("takes no address");
        if (await AskAsync("stop fast").ConfigureAwait(false) is null) throw Failure("does not stop");
        await StartAgainAsync().ConfigureAwait(false);
    }

    /// <summary>The administrator's way in, by the socket.</summary>
    public NpgsqlConnectionStringBuilder Administration(string database = "postgres") => new()
    {
        Host = Folder,
        Port = Port,
        Username = Administrator,
        Database = database,
        Timeout = 15,
        CommandTimeout = 60,
        Pooling = false,
        GssEncryptionMode = GssEncryptionMode.Disable,
    };

    /// <summary>An address as users write it, over TCP.</summary>
    public string AddressOf(string database, string user = Administrator, string? password = null, string host = Loopback, string query = "") =>
        string.Create(CultureInfo.InvariantCulture, $"postgresql://{user}:{password ?? Password}@{host}:{Port}/{database}{query}");

    /// <summary>Runs statements as the administrator.</summary>
    public async Task ExecuteAsync(string sql, string database = "postgres")
    {
        await using var connection = new NpgsqlConnection(Administration(database).ConnectionString);
        await connection.OpenAsync().ConfigureAwait(false);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync().ConfigureAwait(false);
    }

    /// <summary>Runs a script of psql as the administrator.</summary>
    public async Task RunScriptAsync(string script, params string[] variables)
    {
        var start = new ProcessStartInfo(Path.Combine(Programs(), "psql"))
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            ArgumentList = { "-X", "-q", "-h", Folder, "-p", Port.ToString(CultureInfo.InvariantCulture), "-U", Administrator, "-d", "postgres", "-f", "-" },
        };
        foreach (string variable in variables)
        {
            start.ArgumentList.Add("-v");
            start.ArgumentList.Add(variable);
        }
        using var psql = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(Patience, TimeProvider.System);
        await psql.StandardInput.WriteAsync(script.AsMemory(), deadline.Token).ConfigureAwait(false);
        psql.StandardInput.Close();
        var said = psql.StandardOutput.ReadToEndAsync(deadline.Token);
        string complaint = await psql.StandardError.ReadToEndAsync(deadline.Token).ConfigureAwait(false);
        await said.ConfigureAwait(false);
        await psql.WaitForExitAsync(deadline.Token).ConfigureAwait(false);
        if (psql.ExitCode != 0) throw new InvalidOperationException($"psql ends with {psql.ExitCode}: {complaint}");
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        using var deadline = new CancellationTokenSource(Patience, TimeProvider.System);
        try
        {
            await process.WaitForExitAsync(deadline.Token).ConfigureAwait(false);
        }
        finally
        {
            process.Dispose();
        }
    }

    private static Process StartScript()
    {
        using var resource = typeof(PostgresProcess).Assembly.GetManifestResourceStream("postgres-server.sh")!;
        string script = new StreamReader(resource).ReadToEnd();
        // PostgreSQL refuses to run as root. The script is passed as text: its file may be where the user postgres cannot read.
        string[] user = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"] : [];
        string[] command = [.. user, "sh", "-c", script, "postgres-server", Programs()];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = "/",
        };
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        return Process.Start(start)!;
    }

    // The newest version that is installed.
    private static string Programs()
    {
        const string Root = "/usr/lib/postgresql";
        string[] installed = Directory.Exists(Root) ? Directory.GetDirectories(Root) : [];
        return installed.Select(folder => Path.Combine(folder, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb")))
            .MaxBy(bin => int.Parse(Path.GetFileName(Path.GetDirectoryName(bin)!), CultureInfo.InvariantCulture))
            ?? throw new InvalidOperationException("these tests need a PostgreSQL server: apt-get install postgresql");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // The folder, or null if the script could not do it.
    private async Task<string?> AskAsync(string order)
    {
        using var deadline = new CancellationTokenSource(Patience, TimeProvider.System);
        await process.StandardInput.WriteLineAsync(order.AsMemory(), deadline.Token).ConfigureAwait(false);
        await process.StandardInput.FlushAsync(deadline.Token).ConfigureAwait(false);
        string? answer = await process.StandardOutput.ReadLineAsync(deadline.Token).ConfigureAwait(false);
        return answer?.Split(' ', 2) is ["ready", var folder] ? folder : null;
    }

    private InvalidOperationException Failure(string what)
    {
        string log = Path.Combine(Folder, "log");
        return new($"PostgreSQL {what}: {(File.Exists(log) ? string.Join('\n', File.ReadLines(log).TakeLast(20)) : "no log")}");
    }
}
