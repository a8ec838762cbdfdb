using System.Collections.Immutable;
using Xunit.Sdk;

namespace Sweeps.EndToEnd.Chaos;

/// <summary>What an hour of samples comes to, at once.</summary>
public sealed class SoakJudgementTests
{
    private static readonly SoakLength Hour = new(60);

    [Fact]
    public void Figures_that_warm_up_and_then_go_up_and_down_are_no_growth()
    {
        List<string> told = [];
        new SoakJudgement(Hour, Samples((minute, i) => Steady(minute < 8 ? 60 + minute : 100 + i % 7)), told.Add).NothingGrew();
        Assert.Equal(["over minutes 10–20 and 50–60:", "silo 0: resident memory, MiB, median: 103.0 → 103.0 (+0.0 %)"], told[..2]);
    }

    [Fact]
    public void Memory_that_grows_by_a_hundredth_in_five_minutes_is_growth()
    {
        string message = Complaint((minute, _) => Steady(100 * (1 + minute / 500)));
        Assert.Contains("silo 0: resident memory, MiB, median: 103.0 → 111.0 (+7.8 %), more than 108.2", message, StringComparison.Ordinal);
        Assert.DoesNotContain("files", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_left_open_every_three_minutes_is_growth() => Assert.Contains(
        "silo 0: open files, least: ", Complaint((minute, _) => Steady(100) with { Descriptors = 120 + (int)(minute / 3) }), StringComparison.Ordinal);

    [Fact]
    public void Files_that_are_open_for_a_moment_on_a_busy_machine_are_no_growth() => new SoakJudgement(
        Hour, Samples((minute, i) => Steady(100) with { Descriptors = minute > 30 && i % 5 > 0 ? 150 : 120 }), _ => { }).NothingGrew();

    private static SiloFigures Steady(double resident) => new(resident, 30, 120, 14);

    private static string Complaint(Func<double, int, SiloFigures> silo) =>
        Assert.Throws<TrueException>(new SoakJudgement(Hour, Samples(silo), _ => { }).NothingGrew).Message;

    // One each half minute; the database is away in each fortieth.
    private static ImmutableArray<SoakSample> Samples(Func<double, int, SiloFigures> silo) =>
    [
        .. Enumerable.Range(1, 119).Select(i => i % 40 == 0
            ? new SoakSample(TimeSpan.FromMinutes(i / 2.0), [silo(i / 2.0, i)], [], null, null)
            : new SoakSample(TimeSpan.FromMinutes(i / 2.0), [silo(i / 2.0, i)], [4], 12, 8)),
    ];
}
