using Sweeps.Client.Shell;
using Sweeps.Fakes;

namespace Sweeps.Client.Tests.Commands;

/// <summary>The option <c>--device</c>, wherever it is: a device that is not here is a wrong request, one that is here computes.</summary>
public class DeviceChoiceTests
{
    [Theory]
    [InlineData("cuda:7")]
    [InlineData("opencl:99")]
    public void A_device_that_is_not_here_is_one_sentence_with_what_is_and_nothing_is_written(string device)
    {
        using var session = new Session();
        string spec = session.Write("small.yaml", SmallSweep.Spec), folder = session.PathOf("dataset");

        Assert.Equal(ExitCode.WrongRequest, session.Run("run", spec, "--out", folder, "--device", device));

        IsRefused(session, device);
        Assert.False(Directory.Exists(folder));
    }

    [Theory]
    [InlineData("cuda:7")]
    [InlineData("opencl:99")]
    public void Resume_and_verify_refuse_it_and_leave_the_dataset_alone(string device)
    {
        using var session = new Session();
        string folder = SmallSweep.RunIn(session);
        string[] before = Files(folder);
        foreach (string command in (string[])["resume", "verify"])
        {
            Assert.Equal(ExitCode.WrongRequest, session.Run(command, folder, "--device", device));
            IsRefused(session, device);
            Assert.Equal(before, Files(folder));
        }
    }

    [Theory]
    [InlineData("cuda:7")]
    [InlineData("opencl:99")]
    public void Bench_measures_nothing_else_in_its_place(string device)
    {
        using var session = new Session();
        Assert.Equal(ExitCode.WrongRequest, session.Run("bench", "--json", "--device", device));
        IsRefused(session, device);
    }

    [Fact]
    public void Mistakes_of_the_spec_are_told_beside_the_devices()
    {
        using var session = new Session();
        Assert.Equal(ExitCode.WrongRequest, session.Run("run", "no-such.yaml", "--device", "opencl:99"));
        Assert.Equal(2, session.Mistakes.Length);
        Assert.Contains("no-such.yaml", session.Mistakes[0]);
        Assert.Contains("opencl:99", session.Mistakes[1]);
    }

    [Fact]
    public void Points_of_a_device_carry_its_kind_and_are_verified_within_rounding_by_another()
    {
        using var session = new Session();
        string folder = SmallSweep.RunIn(session, "--device", "opencl");
        Assert.Contains("opencl:0 (", session.Error);

        session.Run("show", folder, "--csv", "--columns", "point,device");
        Assert.Equal(12, session.Out.Split('\n').Count(line => line.TrimEnd().EndsWith(",opencl", StringComparison.Ordinal)));

        Assert.Equal(ExitCode.Done, session.Run("verify", folder, "--points", "100", "--threads", "2"));
        Assert.Contains("12 of 12 finished points recomputed: the same within 0.125 standard errors", session.Out);

        Assert.Equal(ExitCode.Done, session.Run("verify", folder, "--points", "100", "--device", "opencl"));
        Assert.Contains("12 of 12 finished points recomputed: every bit is the same", session.Out);
        Assert.DoesNotContain("largest difference", session.Out);
    }

    [Fact]
    public void Another_kind_may_round_otherwise_and_how_far_is_told()
    {
        using var session = new Session();
        string folder = SmallSweep.RunIn(session, "--device", "opencl");
        // A tenth of the height's standard error, 0.01, which single precision widens a little.
        using var other = new Session { Catalogue = [new FakeExperiment { Bias = 0.001 }] };

        Assert.Equal(ExitCode.Done, other.Run("verify", folder, "--points", "100"));

        Assert.Matches(@"largest difference: 0\.09\d? standard errors \(point \d+: t_height\)", other.Out);
        Assert.Equal(ExitCode.SomePointsFailed, other.Run("verify", folder, "--points", "100", "--device", "opencl"));
    }

    [Fact]
    public void Another_kind_that_gives_another_result_is_found_out_point_by_point()
    {
        using var session = new Session();
        string folder = SmallSweep.RunIn(session);
        using var other = new Session { Catalogue = [new FakeExperiment { Bias = 0.002 }] };

        Assert.Equal(ExitCode.SomePointsFailed, other.Run("verify", folder, "--points", "100", "--device", "opencl"));

        // Points of slope 0 have no height, and so no difference.
        Assert.Contains("12 of 12 finished points recomputed: 8 differ", other.Out);
        Assert.Matches(@"point 11: t_height is stored as 10\.33\d*, and computed as 10\.335\d*, standard error 0\.01", other.Out);
        Assert.Matches(@"largest difference: 0\.(20?|19) standard errors", other.Out);
    }

    private static void IsRefused(Session session, string device)
    {
        string sentence = Assert.Single(session.Mistakes);
        Assert.Contains($"--device {device}: there is no device {device} here", sentence);
        Assert.Contains("; there are cpu, ", sentence);
        Assert.Contains("opencl:0 (", sentence);
        Assert.EndsWith("; leave it out, or write --device cpu", sentence.TrimEnd());
        Assert.Empty(session.Out);
    }

    private static string[] Files(string folder) =>
        [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order().Select(file => $"{file} {new FileInfo(file).Length}")];
}
