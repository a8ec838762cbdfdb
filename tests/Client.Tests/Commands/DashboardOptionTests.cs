using Sweeps.Client.Shell;
using Sweeps.Fakes;

namespace Sweeps.Client.Tests.Commands;

public class DashboardOptionTests
{
    [Fact]
    public void A_run_and_its_resumption_show_themselves_while_they_go_on()
    {
        string? page = null;
        Session? session = null;
        var experiment = new FakeExperiment
        {
            Before = _ =>
            {
                if (page is not null) return;
                using var browser = new HttpClient();
                page = browser.GetStringAsync(new Uri(session!.Said("dashboard at "))).GetAwaiter().GetResult();
            },
        };
        using (session = new Session { Catalogue = [experiment] })
        {
            string folder = session.PathOf("dataset");
            string spec = session.Write("small.yaml", SmallSweep.Spec);
            Assert.Equal(ExitCode.Done, session.Run("run", spec, "--out", folder, "--threads", "1", "--dashboard", "127.0.0.1:0"));
            Assert.Matches(@"dashboard at http://127\.0\.0\.1:[1-9][0-9]*/\n", session.Error);
            Assert.Contains("dataset", page);
            Assert.Equal(ExitCode.Done, session.Run("resume", folder, "--dashboard", "localhost:0"));
            Assert.Matches(@"dashboard at http://127\.0\.0\.1:[1-9][0-9]*/\n", session.Error);
        }
    }

    [Theory]
    [InlineData("8080",
        "--dashboard is '8080', no address to listen on; write one with its port, as in 127.0.0.1:8090, or --dashboard alone for 127.0.0.1:8080")]
    [InlineData("0.0.0.0:8080", "--dashboard 0.0.0.0:8080 can be reached from other machines")]
    public void An_address_that_is_none_or_is_open_to_others_is_refused_and_nothing_is_written(string address, string mistake)
    {
        using var session = new Session();
        string folder = session.PathOf("dataset");
        Assert.Equal(
            ExitCode.WrongRequest,
            session.Run("run", session.Write("small.yaml", SmallSweep.Spec), "--out", folder, "--dashboard", address));
        Assert.Contains(mistake, Assert.Single(session.Mistakes));
        Assert.False(Directory.Exists(folder));
    }
}
