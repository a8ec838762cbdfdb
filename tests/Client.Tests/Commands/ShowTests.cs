using System.Text.Json;
using Sweeps.Client.Shell;

namespace Sweeps.Client.Tests.Commands;

public class ShowTests
{
    [Fact]
    public void A_table_has_the_varying_axes_and_each_value_with_its_error_beside_the_theory()
    {
        using var session = new Session();
        string folder = SmallSweep.RunIn(session);

        Assert.Equal(ExitCode.Done, session.Run("show", folder));

        Assert.Matches(@"point\s+kind\s+slope\s+width\s+t_height\s+theory\s+t_sum", session.Out);
        Assert.Matches(@"11\s+round\s+2\s+5\s+10\.33 ± 0\.01\s+10\s+2", session.Out);
        Assert.Equal(12, session.Out.Split('\n').Count(line => line.Contains("flat") || line.Contains("round")));
        Assert.Empty(session.Error);
    }

    [Fact]
    public void A_limit_of_none_is_not_taken_for_a_selection_of_none()
    {
        using var session = new Session();
        string folder = SmallSweep.RunIn(session);
        Assert.Equal(ExitCode.Done, session.Run("show", folder, "--limit", "0"));
        Assert.Equal("the first 0; for more: --limit N, or --csv for all", Assert.Single(session.Mistakes));
    }

    [Fact]
    public void Csv_has_every_column_and_exact_numbers()
    {
        using var session = new Session();
        string folder = SmallSweep.RunIn(session);

        session.Run("show", folder, "--csv", "--where", "slope=0.1", "--where", "kind=flat", "--where", "width=5");

        string[] lines = session.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("point,slope,width,kind,t_height,t_height_se,t_height_theory,t_height_shift,t_height_z,t_sum,device", lines[0]);
        string[] row = Assert.Single(lines[1..]).Split(',');
        Assert.Equal(["3", "0.1", "5", "flat", "0.8333333333333333", "0.01", "0.5"], row[..7]);
        Assert.Equal("cpu", row[^1]);
    }

    [Fact]
    public void Json_is_a_list_with_null_where_there_is_no_value()
    {
        using var session = new Session();
        string folder = SmallSweep.RunIn(session);

        session.Run("show", folder, "--json", "--columns", "slope,t_height", "--where", "kind=round", "--limit", "3");

        var rows = JsonDocument.Parse(session.Out).RootElement;
        Assert.Equal(3, rows.GetArrayLength());
        Assert.Equal(["slope", "t_height"], rows[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal(JsonValueKind.Null, rows[0].GetProperty("t_height").ValueKind);
        Assert.Equal(0.1 * 2 + 1.0 / 3, rows[2].GetProperty("t_height").GetDouble());
    }

    [Theory]
    [InlineData("slope=2.0", 4)]
    [InlineData("slope=1e-1", 4)]
    [InlineData("width=5.0", 6)]
    [InlineData("kind=round", 6)]
    public void Where_matches_numbers_by_value_and_words_by_letter(string where, int count)
    {
        using var session = new Session();
        string folder = SmallSweep.RunIn(session);
        session.Run("show", folder, "--csv", "--columns", "point", "--where", where);
        Assert.Equal(count, session.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length - 1);
    }

    [Theory]
    [InlineData("--where slop=1", "the sweep has no such axis; did you mean 'slope'?")]
    [InlineData("--where slope=7", "no point has that; slope is 0, 0.1, 2")]
    [InlineData("--where slope", "is not KEY=VALUE")]
    [InlineData("--columns t_hight", "the sweep has no such column; did you mean 't_height'?")]
    public void Unknown_names_and_values_are_answered_with_the_known_ones(string options, string sentence)
    {
        using var session = new Session();
        string folder = SmallSweep.RunIn(session);

        Assert.Equal(ExitCode.WrongRequest, session.Run(["show", folder, .. options.Split(' ')]));

        Assert.Contains(sentence, Assert.Single(session.Mistakes));
        Assert.Empty(session.Out);
    }

    [Fact]
    public void A_limit_is_told_when_it_cuts_a_table()
    {
        using var session = new Session();
        string folder = SmallSweep.RunIn(session);
        session.Run("show", folder, "--limit", "5");
        Assert.Contains("the first 5; for more: --limit N", session.Error);
        session.Run("show", folder, "--limit", "12");
        Assert.Empty(session.Error);
    }

    [Fact]
    public void On_a_narrow_terminal_columns_that_do_not_fit_are_named_instead()
    {
        using var session = new Session { IsTerminal = true, Width = 50 };
        string folder = SmallSweep.RunIn(session);

        session.Run("show", folder);

        Assert.Contains("too wide for this terminal: t_sum; see them with --columns", session.Error);
        Assert.DoesNotContain("t_sum", session.Out);
        Assert.Contains("10.33 ± 0.01", session.Out);
        session.Run("show", folder, "--columns", "point,t_sum");
        Assert.Contains("t_sum", session.Out);
    }

    [Fact]
    public void Colours_and_bent_lines_are_for_terminals_only()
    {
        using var session = new Session();
        string folder = SmallSweep.RunIn(session);
        session.Run("show", folder);
        Assert.DoesNotContain('\u001b', session.Out);
    }
}
