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
        Assert.Empty(session.Error);
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
    public void What_an_experiment_refuses_is_refused()
    {
        using var session = new Session();
        Assert.Equal(ExitCode.WrongRequest, session.Run("theory", "width=666"));
        Assert.Equal("no width is 666; choose another", Assert.Single(session.Mistakes).TrimEnd());
    }
}
