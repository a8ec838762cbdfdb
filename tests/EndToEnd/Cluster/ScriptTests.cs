using System.Diagnostics;

namespace Sweeps.EndToEnd.Cluster;

/// <summary><c>deploy/local/cluster</c>: needs bash, PostgreSQL and the .NET SDK, with which it builds the silo, as from a bare clone.</summary>
[Collection(ClusterTests.Name)]
public sealed class ScriptTests(ClusterServer server)
{
    private const string Variable = "SWEEPS_SERVER_FILE";

    [Fact]
    public void The_cluster_of_one_machine_comes_up_runs_a_sweep_and_goes_without_a_trace()
    {
        using var work = new Workplace();
        string folder = work["cluster"];
        try
        {
            string line = Script("up", "--silos", "3", "--threads", "1", "--dir", folder).Exits(0).Output.Trim();
            Assert.StartsWith($"export {Variable}=", line, StringComparison.Ordinal);
            var user = new Dictionary<string, string> { [Variable] = line.Split('=', 2)[1] };

            string id = SweepsProcess.Run(user, "submit", work.Spec("spec.yaml", ClusterSpec.Usual)).Exits(0).Output.Trim();
            SweepsProcess.Run(user, "watch", id).Exits(0);
            string dataset = Path.Combine(folder, "data", id);
            Rows.AreWhole(dataset, ClusterSpec.UsualPoints);
            Assert.Equal(server.LocalDigest(ClusterSpec.Usual), Rows.Digest(dataset));

            string said = Script("status", "--dir", folder).Exits(0).Output;
            Assert.Contains("PostgreSQL  up", said, StringComparison.Ordinal);
            string[] silos = [.. said.Split('\n').Where(each => each.StartsWith("silo ", StringComparison.Ordinal))];
            Assert.Equal(3, silos.Length);
            Assert.All(silos, each => Assert.Contains(" up ", each, StringComparison.Ordinal));
        }
        finally
        {
            Script("down", "--wipe", "--dir", folder).Exits(0);
        }
        Assert.False(Directory.Exists(folder));
    }

    private static ProgramOutcome Script(params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", [Checkout.Path("deploy/local/cluster"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                // The program's own starter looks for .NET where the installer puts it; the tests know where it is.
                ["DOTNET_ROOT"] = Path.GetDirectoryName(Environment.ProcessPath),
            },
        };
        start.Environment.Remove(Variable);
        start.Environment.Remove("SWEEPS_SERVER");
        start.Environment.Remove("SWEEPS_SILO");
        using var script = Process.Start(start)!;
        var errors = script.StandardError.ReadToEndAsync();
        string output = script.StandardOutput.ReadToEnd();
        script.WaitForExit();
        return new(script.ExitCode, output, errors.Result);
    }
}
