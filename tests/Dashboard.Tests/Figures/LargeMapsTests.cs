using System.Collections.Immutable;
using Sweeps.Dashboard.Datasets;
using Sweeps.Dashboard.Figures;
using Sweeps.Dashboard.Tests.Pages;
using Sweeps.Fakes;
using Sweeps.Grains.Hosts.Local;
using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Tests.Figures;

public sealed class LargeMapsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("sweeps-large-").FullName;

    public void Dispose() => Directory.Delete(folder, true);

    private static SweepSpec Spec(int slopes, int widths) => SmallDataset.Read($$"""
        name: large
        experiment: fake
        axes:
          kind: [flat, round]
          slope: { from: 1, to: 100, count: {{slopes}} }
          width: { from: 1001, to: {{1000 + widths}}, count: {{widths}} }
        """);

    [Theory]
    [InlineData(2000, 2000, false)]
    [InlineData(2001, 2000, true)]
    public void A_map_that_would_be_too_large_is_told_before_anything_is_read(int slopes, int widths, bool isTooLarge)
    {
        var spec = Spec(slopes, widths);

        var map = new FigureChoiceReader(spec, new Dictionary<string, string>().GetValueOrDefault).Read();
        var lines = new FigureChoiceReader(spec, new Dictionary<string, string> { ["y"] = "lines" }.GetValueOrDefault).Read();

        Assert.Equal(!isTooLarge, map.IsRight);
        Assert.True(lines.IsRight);
        if (isTooLarge)
            Assert.EndsWith("that can be shown; choose a shorter axis, or lines", Assert.Single(map.Mistakes), StringComparison.Ordinal);
    }

    [Fact]
    public void On_the_command_line_fewer_values_make_it_small_enough()
    {
        var opened = Assert.IsType<LocalSweepOpening.Opened>(
            LocalSweep.Open(folder, Spec(2001, 2000), [new FakeExperiment()], TimeProvider.System));
        opened.Sweep.Dispose();
        using var sweep = SweepFolder.Open(folder, [new FakeExperiment()]).Value!;

        var mistakes = Check(sweep, "kind=flat");
        var fewer = Check(sweep, "kind=flat", "width=1007", "width=1008");

        Assert.EndsWith(
            "that can be shown; choose fewer values with --where width=VALUE or --where slope=VALUE, several times for several",
            Assert.Single(mistakes), StringComparison.Ordinal);
        Assert.Empty(fewer);
    }

    private static ImmutableArray<string> Check(SweepFolder sweep, params string[] where) =>
        new FigureNames(new(sweep, GridSelection.Read(sweep.Grid, where).Value!, CancellationToken.None))
            .CheckRows("width", "slope", "t_height", null);
}
