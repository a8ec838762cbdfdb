using System.Text.Json;
using Sweeps.Client.Shell;

namespace Sweeps.Client.Tests.Commands;

public class TheoryTests
{
    [Fact]
    public void Closed_forms_come_as_a_table_with_units()
    {
        using var session = new Session();
        Assert.Equal(ExitCode.Done, session.Run("theory", "slope=1.5", "width=3"));
        Assert.Matches(@"t_height\s+4\.5\s+OU time\s+Height\.", session.Out);
        Assert.Contains("fake at slope 1.5, width 3", session.Error);
    }

    [Fact]
    public void As_json_they_are_keyed_by_quantity_and_null_where_there_is_none()
    {
        using var session = new Session();
        Assert.Equal(ExitCode.Done, session.Run("theory", "slope=0", "--json"));
        var theory = JsonDocument.Parse(session.Out).RootElement;
        Assert.Equal(JsonValueKind.Null, theory.GetProperty("t_height").ValueKind);
        Assert.Equal(0, theory.GetProperty("t_sum").GetDouble());
    }

    [Fact]
    public void A_seed_may_be_named_and_all_mistakes_are_told_at_once()
    {
        using var session = new Session();
        Assert.Equal(ExitCode.Done, session.Run("theory", "seed=7"));
        Assert.Equal(ExitCode.WrongRequest, session.Run("theory", "slop=1", "width=abc", "seed=none"));
        Assert.Equal(3, session.Mistakes.Length);
        Assert.All(["slop", "abc", "none"], word => Assert.Single(session.Mistakes, mistake => mistake.Contains(word)));
    }

    [Fact]
    public void What_an_experiment_refuses_is_refused()
    {
        using var session = new Session();
        Assert.Equal(ExitCode.WrongRequest, session.Run("theory", "width=666"));
        Assert.Equal("no width is 666; choose another", Assert.Single(session.Mistakes).TrimEnd());
    }
}
