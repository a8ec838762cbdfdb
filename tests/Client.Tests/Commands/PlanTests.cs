using System.Text.Json;
using Sweeps.Client.Shell;

namespace Sweeps.Client.Tests.Commands;

public class PlanTests
{
    private const string Small = """
        name: small
        experiment: fake
        axes:
          slope: [1, 2, 3]
          width: [2, 4]
        times: [1, 2, 3]
        """;

    [Fact]
    public void A_plan_tells_points_chunks_cost_and_rows_and_calls_predictions_so()
    {
        using var session = new Session();

        Assert.Equal(ExitCode.Done, session.Run("plan", session.Write("small.yaml", Small), "--threads", "2"));

        Assert.Contains("points       6 in 1 chunk", session.Out);
        Assert.Contains("0.018 s of one core, predicted", session.Out);
        Assert.Contains("under 0.01 s on 2 threads", session.Out);
        Assert.Contains("6 in points, at most 18 in curves", session.Out);
        Assert.Contains("axis         slope: 1, 2, 3", session.Out);
        Assert.Contains("kind flat (default)", session.Out);
        Assert.Equal(["small.yaml"], Directory.GetFileSystemEntries(Path.GetDirectoryName(session.PathOf("x"))!).Select(Path.GetFileName));
    }

    [Fact]
    public void A_plan_as_json_has_the_same_numbers()
    {
        using var session = new Session();

        session.Run("plan", session.Write("small.yaml", Small), "--set", "width=1000", "--threads", "4", "--json");

        var plan = JsonDocument.Parse(session.Out).RootElement;
        Assert.Equal(3, plan.GetProperty("points").GetInt64());
        Assert.Equal(3.0, plan.GetProperty("predicted_core_seconds").GetDouble(), 9);
        Assert.Equal(0.75, plan.GetProperty("predicted_seconds").GetDouble(), 9);
        Assert.Equal(9, plan.GetProperty("curve_rows_at_most").GetInt64());
    }

    [Fact]
    public void Ten_million_points_can_be_planned()
    {
        using var session = new Session();
        string spec = session.Write("large.yaml", """
            name: large
            experiment: fake
            axes:
              width: { from: 1, to: 10, count: 10 }
              slope: { from: 0, to: 999, count: 1000000 }
            times: []
            """);

        Assert.Equal(ExitCode.Done, session.Run("plan", spec));

        Assert.Contains("points       10 000 000 in ", session.Out);
        Assert.Contains("none in curves", session.Out);
    }

    [Fact]
    public void All_mistakes_of_a_spec_are_told_each_with_its_place()
    {
        using var session = new Session();
        string spec = session.Write("wrong.yaml", "name: wrong\nexperiment: fake\naxes:\n  slop: [1]\n  width: [0]\nfixed: { kind: square }\n");

        Assert.Equal(ExitCode.WrongRequest, session.Run("plan", spec, "--set", "slope=up", "--set", "width"));

        Assert.Equal(5, session.Mistakes.Length);
        Assert.StartsWith($"{spec}:4:3: fake has no key 'slop'; did you mean 'slope'?", session.Mistakes[0]);
        Assert.StartsWith($"{spec}:5:", session.Mistakes[1]);
        Assert.Contains(session.Mistakes, mistake => mistake.StartsWith("--set slope: ", StringComparison.Ordinal));
        Assert.Contains(session.Mistakes, mistake => mistake.StartsWith("--set 'width' is not KEY=VALUE", StringComparison.Ordinal));
        Assert.Empty(session.Out);
    }

    [Fact]
    public void A_folder_is_no_spec()
    {
        using var session = new Session();
        Assert.Equal(ExitCode.WrongRequest, session.Run("plan", Path.GetDirectoryName(session.PathOf("x"))!));
        Assert.Contains("is a folder; name a spec", session.Error);
    }
}
