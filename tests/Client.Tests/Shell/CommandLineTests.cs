using System.CommandLine;
using System.Text.RegularExpressions;
using Sweeps.Client.Cluster;
using Sweeps.Client.Commands;
using Sweeps.Client.Shell;
using Sweeps.Fakes;

namespace Sweeps.Client.Tests.Shell;

public class CommandLineTests
{
    private static readonly Terminal Silent = new() { Out = TextWriter.Null, Error = TextWriter.Null };

    private static readonly ClusterAccess Cluster = new(new FakeCluster(), _ => null);

    private static string[] Names =>
        [.. SweepsCommandLine.Commands(Silent, [new FakeExperiment()], Cluster).Subcommands.Select(command => command.Name)];

    public static TheoryData<string> CommandNames => [.. Names];

    [Theory]
    [MemberData(nameof(CommandNames))]
    public void Every_command_has_help_with_an_example_of_itself(string name)
    {
        using var session = new Session();

        Assert.Equal(ExitCode.Done, session.Run(name, "--help"));

        Assert.Contains($"  sweeps {name}", session.Out[session.Out.IndexOf("Example", StringComparison.Ordinal)..]);
        Assert.Contains($"sweeps {name}", session.Out[..session.Out.IndexOf("Example", StringComparison.Ordinal)]);
        Assert.Empty(session.Error);
    }

    [Theory]
    [MemberData(nameof(CommandNames))]
    public void Every_example_is_a_command_line_that_parses(string name)
    {
        var root = SweepsCommandLine.Commands(Silent, [new FakeExperiment()], Cluster);
        var command = Assert.IsAssignableFrom<ClientCommand>(root.Subcommands.Single(command => command.Name == name));

        Assert.NotEmpty(command.Examples);
        Assert.All(command.Examples, example =>
            Assert.Empty(root.Parse(Regex.Replace(example.Split('>')[0], "^sweeps ", ""), new ParserConfiguration()).Errors));
    }

    [Fact]
    public void The_commands_are_those_of_the_interface() => Assert.Equal(
        ["bench", "cancel", "dashboard", "devices", "extend", "list", "pause", "plan", "plot", "resume", "run", "show", "status", "submit",
            "theory", "verify", "watch"],
        Names.Order(StringComparer.Ordinal));

    [Fact]
    public void The_version_is_one_line()
    {
        using var session = new Session();
        Assert.Equal(ExitCode.Done, session.Run("--version"));
        Assert.Matches(@"\Asweeps \d+\.\d+\.\d+\s*\z", session.Out);
    }

    [Theory]
    [InlineData("", "no command is given; see 'sweeps --help'")]
    [InlineData("pln", "'pln' is not known here; did you mean 'plan'?")]
    [InlineData("--fast", "'--fast' is not known here")]
    [InlineData("plan", "SPEC is missing; see 'sweeps plan --help'")]
    [InlineData("plan a.yaml b.yaml", "sweeps plan: 'b.yaml' is not known here")]
    [InlineData("plan a.yaml --jsn", "sweeps plan: '--jsn' is not known here; did you mean '--json'?")]
    [InlineData("plan a.yaml --threads many", "--threads is 'many', not an integer of at least 1")]
    [InlineData("plan a.yaml --threads 0", "--threads is '0', not an integer of at least 1")]
    [InlineData("plan a.yaml --set", "a value is missing after --set")]
    [InlineData("plan no-such.yaml", "no-such.yaml: there is no such file")]
    [InlineData("show", "DIR is missing")]
    [InlineData("show dir --csv --json", "--csv and --json exclude each other")]
    [InlineData("show no-such-dir", "no-such-dir")]
    [InlineData("show dir --limit -1", "--limit is '-1', not an integer of at least 0")]
    [InlineData("plot dir --x a --theme pink", "--theme is 'pink', not one of light, dark")]
    [InlineData("theory slope", "'slope' is not KEY=VALUE")]
    [InlineData("theory slop=1", "fake has no key 'slop'; did you mean 'slope'?")]
    [InlineData("theory slope=steep", "slope is 'steep', not a number")]
    [InlineData("theory slope=[1,2]", "slope has 2 values; give one")]
    [InlineData("theory times=1", "fake has no key 'times'")]
    [InlineData("theory --experiment fke", "there is no experiment 'fke'; did you mean 'fake'?")]
    [InlineData("status no-such-dir", "no-such-dir")]
    [InlineData("resume no-such-dir", "no-such-dir")]
    [InlineData("verify no-such-dir", "no-such-dir")]
    [InlineData("bench --device abacus", "--device: 'abacus' is no device: write auto, cpu, opencl, cuda")]
    [InlineData("verify dir --device opencl:one", "--device: 'opencl:one' is no device")]
    [InlineData("resume dir --device cuda:-1", "--device: 'cuda:-1' is no device")]
    [InlineData("bench --threads 0", "--threads is '0', not an integer of at least 1")]
    [InlineData("bench --threads 2000", "--threads is '2000', not an integer of at least 1 and at most 1024")]
    [InlineData("bench --threads two", "--threads is 'two', not an integer")]
    [InlineData("bench --threads", "a value is missing after --threads")]
    [InlineData("bench a.yaml", "sweeps bench: 'a.yaml' is not known here")]
    [InlineData("bench --jsn", "sweeps bench: '--jsn' is not known here; did you mean '--json'?")]
    [InlineData("submit", "SPEC is missing")]
    [InlineData("submit a.yaml --only tpu", "--only is 'tpu', not one of cpu, gpu")]
    [InlineData("submit a.yaml --lanes 0", "--lanes is '0', not an integer of at least 1")]
    [InlineData("submit a.yaml --priority high", "--priority is 'high', not an integer of at least -1000 and at most 1000")]
    [InlineData("list --all --silos", "--all and --silos exclude each other")]
    [InlineData("watch", "ID is missing")]
    [InlineData("extend drift-17", "SPEC is missing")]
    [InlineData("pause drift-17", "no server is named; give --server postgresql://")]
    [InlineData("cancel drift-17 --force", "'--force' is not known here")]
    [InlineData("resume drift-17 --budget -1", "--budget is '-1', not an integer of at least 0")]
    [InlineData("run a.yaml --device abacus", "--device: 'abacus' is no device: write auto, cpu, opencl, cuda")]
    public void A_wrong_command_line_is_one_sentence_with_a_remedy_and_ends_with_2(string line, string sentence)
    {
        using var session = new Session();

        Assert.Equal(ExitCode.WrongRequest, session.Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

        Assert.Contains(sentence, Assert.Single(session.Mistakes));
        Assert.Matches(";|\\?", session.Mistakes[0]);
        Assert.Empty(session.Out);
    }

    [Theory]
    [InlineData("postgresql://ada:geheim@db/sweeps", "sweeps: an address is not known here; known here: run, plan")]
    [InlineData("list postgresql://ada:geheim@db/sweeps", "sweeps list: an address stands alone; write --server before it")]
    [InlineData("list --servr=postgresql://ada:geheim@db", "sweeps list: '--servr' is not known here; did you mean '--server'?")]
    [InlineData("list --json=postgresql://ada:geheim@db", "sweeps list: an address stands alone; write --server before it")]
    [InlineData("list ada:geheim@db", "sweeps list: an address stands alone; write --server before it")]
    [InlineData("list password=geheim", "sweeps list: 'password' is not known here; leave it out")]
    [InlineData("status postgresql://ada:geheim@db/sweeps", "sweeps status: an address stands alone; write --server before it")]
    [InlineData("status -- postgresql://ada:geheim@db/sweeps", "sweeps status: an address stands alone; write --server before it")]
    [InlineData("status drift-17 ada:geheim@db", "sweeps status: an address stands alone; write --server before it")]
    [InlineData("watch https://ada:geheim@dashboard", "sweeps watch: an address stands alone; write --server before it")]
    [InlineData("submit postgresql://ada:geheim@db a.yaml", "sweeps submit: an address stands alone; write --server before it")]
    [InlineData("plan postgresql://ada:geheim@db", "sweeps plan: an address is not known here; leave it out")]
    public void An_address_in_the_wrong_place_is_not_repeated(string line, string sentence)
    {
        using var session = new Session();
        Assert.Equal(ExitCode.WrongRequest, session.Run(line.Split(' ')));
        Assert.StartsWith(sentence, Assert.Single(session.Mistakes));
        Assert.DoesNotContain("geheim", session.Error);
    }

    [Theory]
    [InlineData("run --thread 2 tiny.yaml", "sweeps run: '--thread' is not known here; did you mean '--threads'?")]
    [InlineData("run --thread=2 tiny.yaml", "sweeps run: '--thread' is not known here; did you mean '--threads'?")]
    [InlineData("run --dashbord", "sweeps run: '--dashbord' is not known here; did you mean '--dashboard'?")]
    [InlineData("extend --sever db drift-17 tiny.yaml", "sweeps extend: '--sever' is not known here; did you mean '--server'?")]
    public void A_misspelt_option_before_the_arguments_is_blamed_alone(string line, string sentence)
    {
        using var session = new Session();
        Assert.Equal(ExitCode.WrongRequest, session.Run(line.Split(' ')));
        Assert.Equal(sentence, Assert.Single(session.Mistakes));
    }

    [Fact]
    public void Two_misspelt_options_before_the_arguments_are_both_named()
    {
        using var session = new Session();
        Assert.Equal(ExitCode.WrongRequest, session.Run("run", "--thread", "2", "--devise", "cpu", "tiny.yaml"));
        Assert.Collection(session.Mistakes,
            first => Assert.Contains("'--thread' is not known here", first),
            second => Assert.Contains("'--devise' is not known here; did you mean '--device'?", second));
    }

    [Fact]
    public void Behind_two_dashes_a_file_may_begin_with_one()
    {
        using var session = new Session();
        Assert.Equal(ExitCode.WrongRequest, session.Run("plan", "--", "--spec.yaml"));
        Assert.Equal("--spec.yaml: there is no such file; name a spec, a YAML file", Assert.Single(session.Mistakes));
    }

    [Fact]
    public void Several_mistakes_are_told_at_once()
    {
        using var session = new Session();
        Assert.Equal(ExitCode.WrongRequest, session.Run("plan", "x.yaml", "--threads", "no", "--bogus", "--also"));
        Assert.Equal(3, session.Mistakes.Length);
    }

    [Fact]
    public void An_argument_that_begins_with_an_at_sign_means_itself()
    {
        using var session = new Session();
        Assert.Equal(ExitCode.WrongRequest, session.Run("plan", "@spec"));
        Assert.Contains("@spec: there is no such file", session.Error);
    }
}
