using System.Collections.Immutable;
using Sweeps.Client.Running;
using Sweeps.Client.Shell;
using Sweeps.Compute.Experiments;
using Sweeps.Dashboard.Display;
using Sweeps.Fakes;
using Sweeps.Grains.Hosts;

namespace Sweeps.Client.Tests.Running;

public class ProgressTests
{
    private static readonly ProgressText Words = new(new FakeExperiment().Quantities(["sum", "height"]));

    private static SweepProgress At(long done, double? rate = null, double? left = null, long failed = 0, FinishedPoint? last = null) =>
        new(1000, done, failed, rate, left is { } seconds ? TimeSpan.FromSeconds(seconds) : null, last, 10, 1);

    private static FinishedPoint Point(params ImmutableArray<Estimate> estimates) =>
        new(999, new PointKeys([], []), estimates);

    [Fact]
    public void A_line_tells_points_rate_time_left_failures_and_the_last_point()
    {
        Assert.Equal("0 of 1 000 points", Words.Line(At(0)));
        Assert.Equal("100 of 1 000 points, 2 per s, 7 min 30 s left", Words.Line(At(100, 2, 450)));
        Assert.Equal("2 of 1 000 points, 6 per min, 2 h 46 min left, 1 failed; point 999 failed",
            Words.Line(At(1, 0.1, 9980, 1, Point())));
        Assert.Equal("1 000 of 1 000 points, 1 000 per s; point 999: t_height 1.500 ± 0.020",
            Words.Line(At(1000, 1000, 0, 0, Point(new Estimate(null, null, 1), new Estimate(1.5, 0.02, 1)))));
        Assert.EndsWith("; point 999: no t_height in the window", Words.Line(At(1, last: Point(default, default(Estimate)))));
        Assert.EndsWith("; point 999: t_height not found in the samples", Words.Line(At(1, last: Point(default, new Estimate(null, null, 1)))));
    }

    [Fact]
    public async Task Without_a_terminal_the_first_news_is_told_then_every_ten_seconds_and_the_last()
    {
        var clock = new ManualClock();
        using var error = new StringWriter();
        var terminal = new Terminal { Out = TextWriter.Null, Error = error, Clock = clock };

        await new ProgressLines(terminal).ShowAsync(news =>
        {
            for (int i = 1; i <= 25; i++)
            {
                new RunNews(Words, news).Report(At(i));
                clock.Advance(TimeSpan.FromSeconds(1));
            }
            return Task.FromResult(0);
        });

        Assert.Equal(["1", "11", "21", "25"],
            error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]));
    }

    [Fact]
    public async Task On_a_terminal_a_bar_is_redrawn()
    {
        using var error = new StringWriter();
        var terminal = new Terminal { Out = TextWriter.Null, Error = TextWriter.Synchronized(error), ErrorIsTerminal = true, Width = 100 };

        int answer = await new ProgressBar(terminal).ShowAsync(news =>
        {
            new RunNews(Words, news).Report(At(1000, 250, 0, 0, Point(default, new Estimate(1.5, null, 1))));
            return Task.FromResult(42);
        });

        Assert.Equal(42, answer);
        Assert.Contains("\u001b[", error.ToString());
        Assert.Contains("1 000 of 1 000 points, 250 per s; point 999: t_height 1.5", error.ToString());
    }
}
