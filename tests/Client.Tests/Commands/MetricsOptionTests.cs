using Sweeps.Client.Shell;

namespace Sweeps.Client.Tests.Commands;

public class MetricsOptionTests
{
    [Theory]
    [InlineData("9464")]
    [InlineData("127.0.0.1")]
    [InlineData("nowhere:9464")]
    [InlineData("127.0.0.1:99999")]
    [InlineData("small.yaml")]
    public void An_address_that_is_none_is_refused_with_one_sentence_and_nothing_is_written(string address)
    {
        using var session = new Session();
        string folder = session.PathOf("dataset");
        string spec = session.Write("small.yaml", SmallSweep.Spec);
        Assert.Equal(ExitCode.WrongRequest, session.Run("run", spec, "--out", folder, "--metrics", address));
        string mistake = Assert.Single(session.Mistakes);
        Assert.Contains($"--metrics is '{address}', no address to listen on; write one with its port", mistake);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void A_run_and_its_resumption_say_where_their_metrics_are()
    {
        using var session = new Session();
        string folder = session.PathOf("dataset");
        string spec = session.Write("small.yaml", SmallSweep.Spec);
        Assert.Equal(ExitCode.Done, session.Run("run", spec, "--out", folder, "--metrics", "127.0.0.1:0"));
        Assert.Matches(@"metrics at http://127\.0\.0\.1:[1-9][0-9]*/metrics\n", session.Error);
        Assert.Equal(ExitCode.Done, session.Run("resume", folder, "--metrics", "localhost:0"));
        Assert.Matches(@"metrics at http://127\.0\.0\.1:[1-9][0-9]*/metrics\n", session.Error);
    }
}
