using Sweeps.Client.Shell;
using Sweeps.Fakes;

namespace Sweeps.Client.Tests.Commands;

public class VerifyTests
{
    [Fact]
    public void The_same_program_finds_the_same_bits_and_prints_the_digest()
    {
        using var session = new Session();
        string folder = SmallSweep.RunIn(session);

        Assert.Equal(ExitCode.Done, session.Run("verify", folder, "--points", "100", "--threads", "2"));

        Assert.Contains("12 of 12 finished points recomputed: every bit is the same", session.Out);
        Assert.Matches("sha256 of all rows: [0-9a-f]{64}", session.Out);
    }

    [Fact]
    public void Another_program_is_found_out_with_point_column_and_both_values()
    {
        using var session = new Session();
        string folder = SmallSweep.RunIn(session);
        using var other = new Session { Catalogue = [new FakeExperiment { Bias = 1e-12 }] };

        Assert.Equal(ExitCode.SomePointsFailed, other.Run("verify", folder, "--points", "3"));

        Assert.Matches(@"point 11: t_height is stored as 10\.333333333333334, and computed as 10\.3333333333\d+", other.Out);
        Assert.DoesNotContain("point 11: t_height_se", other.Out);
        Assert.Contains("3 of 12 finished points recomputed: ", other.Out);
    }
}
