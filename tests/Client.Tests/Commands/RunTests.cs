using System.Text.Json;
using Sweeps.Client.Shell;
using Sweeps.Fakes;

namespace Sweeps.Client.Tests.Commands;

public class RunTests
{
    private const string Failing = "name: failing\nexperiment: fake\naxes:\n  slope: { from: 1, to: 40, count: 40 }\ntimes: []\n";

    [Fact]
    public void A_run_ends_with_0_and_tells_what_to_try_next_and_says_nothing_on_standard_output()
    {
        using var session = new Session();
        string folder = session.PathOf("dataset");

        Assert.Equal(ExitCode.Done, session.Run("run", session.Write("small.yaml", SmallSweep.Spec), "--out", folder));

        Assert.Empty(session.Out);
        Assert.Contains("12 rows in points/", session.Error);
        Assert.Contains($"sweeps show {folder}", session.Error);
        Assert.Contains($"sweeps plot {folder} --x slope", session.Error);
        Assert.Contains($"FROM '{folder}/points/*.parquet'", session.Error);
        Assert.DoesNotContain('\u001b', session.Error);
    }

    [Fact]
    public void The_command_line_to_try_next_draws_a_picture()
    {
        using var session = new Session();
        SmallSweep.RunIn(session);
        string plot = session.Mistakes.Single(line => line.StartsWith("  sweeps plot", StringComparison.Ordinal));
        string[] words = plot.Trim().Split(' ')[1..^2];
        Assert.Equal(ExitCode.Done, session.Run(words));
        Assert.StartsWith("<", session.Out);
    }

    [Fact]
    public void On_a_terminal_a_bar_is_drawn()
    {
        using var session = new Session { IsTerminal = true };
        SmallSweep.RunIn(session);
        Assert.Contains('\u001b', session.Error);
        Assert.Contains("12 of 12 points", session.Error);
    }

    [Fact]
    public void Some_failed_points_end_with_1_and_status_tells_why()
    {
        using var session = new Session();
        string folder = session.PathOf("dataset");

        Assert.Equal(ExitCode.SomePointsFailed, session.Run("run", session.Write("failing.yaml", Failing), "--out", folder));
        Assert.Contains("1 points failed", session.Error);

        Assert.Equal(ExitCode.Done, session.Run("status", folder));
        Assert.Contains("39 of 40 finished, 1 failed", session.Out);
        Assert.Contains("point 12 (slope 13): the height of slope 13 is not finite", session.Out);

        session.Run("status", folder, "--json");
        var status = JsonDocument.Parse(session.Out).RootElement;
        Assert.Equal("ended", status.GetProperty("state").GetString());
        Assert.Equal("ArithmeticException", status.GetProperty("failures")[0].GetProperty("error").GetString());
    }

    [Fact]
    public void An_interrupted_run_ends_with_130_and_resume_goes_on()
    {
        var interruption = new CancellationTokenSource();
        using var first = new Session { Catalogue = [new FakeExperiment { Before = _ => interruption.Cancel() }] };
        string spec = first.Write("failing.yaml", Failing.Replace("count: 40", "count: 4")), folder = first.PathOf("dataset");
        using var link = interruption.Token.Register(first.Interruption.Cancel);

        Assert.Equal(ExitCode.Interrupted, first.Run("run", spec, "--out", folder, "--threads", "1"));
        Assert.Contains($"sweeps resume {folder}", first.Error);

        using var second = new Session();
        Assert.Equal(ExitCode.Done, second.Run("status", folder));
        Assert.Contains("state        interrupted", second.Out);
        Assert.Equal(ExitCode.Done, second.Run("resume", folder));
        Assert.Contains("going on with failing", second.Error);
    }

    [Fact]
    public void A_run_over_another_sweep_is_refused_and_the_difference_named()
    {
        using var session = new Session();
        string folder = SmallSweep.RunIn(session);

        Assert.Equal(ExitCode.WrongRequest, session.Run("run", session.PathOf("small.yaml"), "--out", folder, "--set", "seed=2"));

        Assert.Contains("the seed was 0, and is 2 now", session.Error);
        Assert.Equal(ExitCode.Done, session.Run("run", session.PathOf("small.yaml"), "--out", folder));
        Assert.Contains("is complete already", session.Error);
    }

    [Fact]
    public void Mistakes_of_a_spec_write_nothing()
    {
        using var session = new Session();
        string folder = session.PathOf("dataset");
        Assert.Equal(ExitCode.WrongRequest, session.Run("run", session.Write("bad.yaml", "name: bad\nexperiment: fak\n"), "--out", folder));
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void A_folder_without_a_name_hides_no_mistake_of_the_spec()
    {
        using var session = new Session();
        Assert.Equal(ExitCode.WrongRequest, session.Run("run", session.PathOf("none.yaml"), "--out", "", "--device", "cuda:99"));
        Assert.Contains("--out names no folder; write --out DIR", session.Mistakes[0]);
        Assert.Contains("none.yaml: there is no such file", session.Mistakes[1]);
    }

    [Fact]
    public void Lines_to_copy_are_quoted_for_the_shell()
    {
        var interruption = new CancellationTokenSource();
        using var first = new Session { Catalogue = [new FakeExperiment { Before = _ => interruption.Cancel() }] };
        string spec = first.Write("failing.yaml", Failing.Replace("count: 40", "count: 4")), folder = first.PathOf("a b");
        using var link = interruption.Token.Register(first.Interruption.Cancel);
        Assert.Equal(ExitCode.Interrupted, first.Run("run", spec, "--out", folder, "--threads", "1"));
        Assert.EndsWith($"sweeps resume '{folder}'", first.Mistakes[^1]);

        using var second = new Session();
        Assert.Equal(ExitCode.Done, second.Run("status", folder));
        Assert.Contains($"go on with: sweeps resume '{folder}'", second.Error);
    }

    [Fact]
    public void A_short_prediction_is_no_about_under()
    {
        using var session = new Session();
        SmallSweep.RunIn(session);
        Assert.DoesNotContain("about under", session.Error);
    }

    [Fact]
    public void A_machine_that_fails_ends_with_3()
    {
        var experiment = new FakeExperiment { Before = _ => throw new InsufficientMemoryException("no memory is left") };
        using var session = new Session { Catalogue = [experiment] };
        Assert.Equal(ExitCode.MachineFailed,
            session.Run("run", session.Write("small.yaml", SmallSweep.Spec), "--out", session.PathOf("dataset")));
        Assert.Contains("sweeps resume", session.Error);
    }

    [Fact]
    public void Help_shows_a_spec_that_can_be_run_and_where_a_key_has_no_effect()
    {
        using var session = new Session { Catalogue = Compute.Experiments.ExperimentCatalogue.All };
        foreach (string command in (string[])["run", "plan"])
        {
            session.Run(command, "--help");
            Assert.Contains("  name: phase-diagram", session.Out);
            Assert.Contains("{ log_from: …, log_to: …, count: … }", session.Out);
            Assert.Contains("A number above 0 and at most 1000. Null for schedule vp-linear, cosine, edm.", session.Out);
        }
    }

    [Fact]
    public void A_refused_run_writes_nothing_into_a_dataset_that_was_copied_without_its_journal()
    {
        using var session = new Session();
        string folder = SmallSweep.RunIn(session), journal = Path.Combine(folder, "_journal");
        Directory.Delete(journal, recursive: true);

        Assert.Equal(ExitCode.WrongRequest, session.Run("run", session.PathOf("small.yaml"), "--out", folder, "--set", "seed=3"));
        Assert.Contains("the seed was 0, and is 3 now", Assert.Single(session.Mistakes));
        Assert.False(Directory.Exists(journal));

        Assert.Equal(ExitCode.Done, session.Run("run", session.PathOf("small.yaml"), "--out", folder));
    }

    [Theory]
    [InlineData("show")]
    [InlineData("status")]
    [InlineData("resume")]
    [InlineData("verify")]
    [InlineData("plot --x slope --y t_height --series width --where kind=flat")]
    public void A_damaged_file_is_the_machines_fault_and_has_a_remedy(string line)
    {
        using var session = new Session();
        string folder = SmallSweep.RunIn(session);
        string points = Assert.Single(Directory.GetFiles(Path.Combine(folder, "points")));
        byte[] bytes = File.ReadAllBytes(points);
        bytes[^20] ^= 1;
        File.WriteAllBytes(points, bytes);
        string[] words = line.Split(' ');
        Assert.Equal(ExitCode.MachineFailed, session.Run([words[0], folder, .. words[1..]]));
        string sentence = Assert.Single(session.Mistakes);
        Assert.Contains("is damaged at byte", sentence);
        Assert.Contains("; restore the file from a copy", sentence);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("resume")]
    public void A_damaged_list_of_failures_is_the_machines_fault_too(string command)
    {
        using var session = new Session();
        string folder = session.PathOf("dataset");
        session.Run("run", session.Write("failing.yaml", Failing), "--out", folder);
        File.WriteAllText(Directory.GetFiles(Path.Combine(folder, "failures")).First(), "{");
        Assert.Equal(ExitCode.MachineFailed, session.Run(command, folder));
        Assert.Contains("is damaged at line 1", session.Error);
        Assert.Contains("restore it from a copy", session.Error);
    }

    [Fact]
    public void The_journal_of_a_complete_sweep_says_that_nothing_was_left_to_do()
    {
        using var session = new Session();
        string folder = SmallSweep.RunIn(session);
        session.Run("run", session.PathOf("small.yaml"), "--out", folder);
        string journal = string.Concat(Directory.GetFiles(Path.Combine(folder, "_journal")).Select(File.ReadAllText));
        Assert.Contains("complete already", journal);
        Assert.DoesNotContain("only files to merge", journal);
    }

    [Fact]
    public void Help_lists_the_experiments_their_keys_defaults_and_measures()
    {
        using var session = new Session();
        session.Run("run", "--help");
        Assert.Contains("Experiment fake: Heights over two keys.", session.Out);
        Assert.Contains("width (4)", session.Out);
        Assert.Contains("One of flat, round.", session.Out);
        Assert.Contains("An integer of at least 1 and at most 10000000.", session.Out);
        Assert.Contains("Measures: height, sum [default: height]", session.Out);
    }
}
