using System.CommandLine;
using System.Text.RegularExpressions;
using Sweeps.Compute.Experiments;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Hosts.Postgres;
using Sweeps.Grains.Telemetry.Recording;
using Sweeps.Silo.Commands;
using Sweeps.Silo.Shell;

namespace Sweeps.Silo.Tests.Shell;

/// <summary>The program without the process around it.</summary>
public sealed class CommandLineTests : IDisposable
{
    private const string Address = "postgresql://sweeps@db/sweeps";
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("sweeps-silo-");
    private readonly Dictionary<string, string> variables = [];
    private readonly FakeCluster cluster = new();
    private readonly StringWriter output = new(), error = new();
    private readonly CancellationTokenSource interruption = new();

    public static TheoryData<string> Visible => ["run", "check", "migrate"];

    public void Dispose()
    {
        data.Delete(recursive: true);
        interruption.Dispose();
    }

    [Theory]
    [MemberData(nameof(Visible))]
    public async Task Every_command_has_help_with_an_example_that_parses(string name)
    {
        Assert.Equal(ExitCode.Done, await RunAsync(name, "--help"));
        Assert.Contains("Example", output.ToString());
        var root = SiloCommandLine.Commands(World());
        var command = Assert.IsAssignableFrom<SiloCommand>(root.Subcommands.Single(each => each.Name == name));
        Assert.All(command.Examples, example =>
        {
            string line = Regex.Replace(example, "^sweeps-silo ", "");
            Assert.Empty(root.Parse(line.StartsWith('-') ? "run " + line : line, new ParserConfiguration()).Errors);
        });
    }

    [Fact]
    public async Task Help_names_the_commands_for_people_and_not_the_one_for_silos()
    {
        Assert.Equal(ExitCode.Done, await RunAsync("--help"));
        foreach (string name in (string[])["run", "check", "migrate"]) Assert.Contains($"  {name} ", output.ToString());
        Assert.DoesNotContain("chunk ", output.ToString().Split("Commands:")[1]);
    }

    [Fact]
    public async Task The_version_is_one_line()
    {
        Assert.Equal(ExitCode.Done, await RunAsync("--version"));
        Assert.Matches(@"\Asweeps-silo \d+\.\d+\.\d+\s*\z", output.ToString());
    }

    [Theory]
    [InlineData("chek", "sweeps-silo: 'chek' is not known here; did you mean 'check'?")]
    [InlineData("--sever x", "sweeps-silo run: '--sever' is not known here; did you mean '--server'?")]
    [InlineData("check --grace", "sweeps-silo check: a value is missing after --grace; see 'sweeps-silo check --help'")]
    [InlineData("run postgresql://a:geheim@b/c", "sweeps-silo run: an address stands alone; write --server before it")]
    [InlineData("run a:geheim@b", "sweeps-silo run: an address stands alone; write --server before it")]
    [InlineData("postgresql://a:geheim@b/c", "sweeps-silo: an address stands alone; write --server before it")]
    [InlineData("migrate --device cpu", "sweeps-silo migrate: '--device' is not known here; ")]
    public async Task What_is_wrong_on_the_command_line_is_told_with_a_remedy(string line, string mistake)
    {
        Assert.Equal(ExitCode.WrongRequest, await RunAsync(line.Split(' ')));
        Assert.StartsWith(mistake, error.ToString());
        Assert.DoesNotContain("geheim", error.ToString());
    }

    [Fact]
    public async Task Without_arguments_it_runs_by_the_environment_and_says_what_is_missing()
    {
        Assert.Equal(ExitCode.WrongRequest, await RunAsync());
        Assert.Equal(2, error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.StartsWith("--server: no server is given", error.ToString());
    }

    [Fact]
    public async Task A_device_that_is_not_here_is_a_mistake_with_the_place_where_it_was_named()
    {
        variables["SWEEPS_DEVICE"] = "opencl:99";
        Assert.Equal(ExitCode.WrongRequest, await RunAsync("--server", Address, "--data", data.FullName));
        Assert.StartsWith("SWEEPS_DEVICE: there is no device opencl:99 here", error.ToString());
        Assert.EndsWith("; leave it out, or write cpu", error.ToString().TrimEnd());
    }

    [Fact]
    public async Task Check_says_what_would_run()
    {
        string[] line = ["check", "--server", Address, "--data", data.FullName, "--device", "cpu", "--threads", "3", "--health",
            "127.0.0.1:8090"];
        Assert.Equal(ExitCode.Done, await RunAsync(line));
        string[] said = output.ToString().Split('\n', StringSplitOptions.TrimEntries);
        Assert.Contains($"server      {Address}, answers", said);
        Assert.Contains($"data        {data.FullName}, can be written", said);
        Assert.Contains("lanes       3 threads", said);
        Assert.Contains("lost after  10 s", said);
        Assert.Contains("health      http://127.0.0.1:8090/health/live, /health/ready and /metrics", said);
    }

    [Fact]
    public async Task Check_says_why_the_server_cannot_be_had_and_all_the_rest()
    {
        cluster.Fault = "nobody listens";
        Assert.Equal(ExitCode.MachineFailed, await RunAsync("check", "--server", Address, "--data", data.FullName, "--device", "cpu"));
        Assert.Contains("cannot be had: nobody listens", output.ToString());
        Assert.Contains("log         text", output.ToString());
    }

    [Fact]
    public async Task Migrate_names_the_steps_and_says_when_the_server_fails()
    {
        Assert.Equal(ExitCode.Done, await RunAsync("migrate", "--server", Address));
        Assert.Equal("0001-sweeps\n0002-chunks\n", output.ToString().ReplaceLineEndings("\n"));
        cluster.Fault = "no rights";
        Assert.Equal(ExitCode.MachineFailed, await RunAsync("migrate", "--server", Address));
        Assert.Contains("sweeps-silo migrate: no rights", error.ToString());
        Assert.Equal(ExitCode.WrongRequest, await RunAsync("migrate"));
    }

    [Fact]
    public async Task A_server_that_cannot_be_had_is_waited_for_until_a_signal()
    {
        cluster.Fault = "nobody listens";
        cluster.Asked = interruption.Cancel;
        Assert.Equal(ExitCode.Interrupted, await RunAsync("--server", Address, "--data", data.FullName, "--device", "cpu", "--log",
            "json"));
        Assert.Contains("\"event_id\":3,\"event\":\"ServerAway\"", error.ToString());
    }

    [Fact]
    public async Task A_silo_runs_until_a_signal_and_leaves()
    {
        var journal = new Journal();
        var time = new ManualTime();
        cluster.Server = new(journal, time);
        variables["SWEEPS_SERVER"] = "postgresql://sweeps:geheim@db/sweeps";
        var running = RunAsync("--data", data.FullName, "--device", "cpu", "--threads", "2", "--health", "127.0.0.1:0");
        await journal.UntilAsync("beat");
        await journal.UntilAsync("wait", 2);
        interruption.Cancel();

        Assert.Equal(ExitCode.Done, await running.WaitAsync(Journal.Deadline));
        Assert.Contains("leave", journal.Events);
        Assert.Equal("2 threads", Assert.Single(cluster.Server.Description!.Lanes).Device);
        Assert.Matches(@"\A2026-01-02T03:04:05\.000Z info \[1\] sweeps-silo 0\.2\.0 begins: ", LogAt(0));
        Assert.DoesNotContain("geheim", error.ToString());
        Assert.Contains("[9] draining (told to end)", error.ToString());

        string LogAt(int line) => error.ToString().Split('\n')[line];
    }

    [Fact]
    public async Task A_chunk_without_a_request_is_refused()
    {
        Assert.Equal(ExitCode.WrongRequest, await RunAsync("chunk"));
        Assert.Contains("standard input holds no request", error.ToString());
    }

    private Task<int> RunAsync(params string[] arguments) => SiloCommandLine.RunAsync(arguments, World(), interruption.Token);

    private SiloWorld World() => new()
    {
        Out = output,
        Error = TextWriter.Synchronized(error),
        In = TextReader.Null,
        Variable = variables.GetValueOrDefault,
        Catalogue = ExperimentCatalogue.All,
        Cluster = cluster,
        Datasets = (_, _) => new FakeDatasets(new()),
        Exit = code => Assert.Fail($"exit {code}"),
        Host = "host",
        Time = new ManualTime(),
    };

    private sealed class FakeCluster : ISiloCluster
    {
        public string? Fault { get; set; }

        public Action Asked { get; set; } = () => { };

        public FakeServer? Server { get; set; }

        public Task<ISiloServer> OpenAsync(
            PostgresAddress address, string host, TimeSpan lostAfter, SweepsMetrics? metrics, CancellationToken cancellation)
        {
            Asked();
            if (Fault is { } fault) throw new ServerException(fault);
            return Task.FromResult<ISiloServer>(Server ?? new(new(), new()));
        }

        public Task<IReadOnlyList<string>> MigrateAsync(PostgresAddress address, CancellationToken cancellation) => Fault is { } fault
            ? throw new ServerException(fault)
            : Task.FromResult<IReadOnlyList<string>>(["0001-sweeps", "0002-chunks"]);
    }
}
