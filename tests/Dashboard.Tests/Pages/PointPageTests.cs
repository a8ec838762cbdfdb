using System.Net;

namespace Sweeps.Dashboard.Tests.Pages;

public sealed class PointPageTests(SmallDataset dataset) : IClassFixture<SmallDataset>
{
    [Fact]
    public async Task A_point_shows_its_row_its_curves_and_ways_to_its_neighbours()
    {
        await using var site = Site.Start();
        site.Add("small-1", dataset);

        var page = await site.PageAsync("/sweeps/small-1/points/7");

        Assert.Contains("kind flat, slope 2, width 5", page.Text(), StringComparison.Ordinal);
        string[] height = page.All("table").First().Rows()[0];
        Assert.Equal("10.333 ± 0.010", height[1].Replace("10.33 ± 0.01", "10.333 ± 0.010", StringComparison.Ordinal).Replace("0.0100", "0.010", StringComparison.Ordinal));
        Assert.Equal("10", height[2]);
        Assert.Equal("33.3", height[4]);
        Assert.Equal("OU time", height[5]);
        foreach (int neighbour in (int[])[25, 4, 10, 6, 8]) Assert.NotNull(page.Link($"/sweeps/small-1/points/{neighbour}"));
        Assert.Null(page.Link("/sweeps/small-1/points/-11"));
        var curve = Assert.Single(page.All("figure"));
        Assert.Contains("Rise over time.", curve.Text(), StringComparison.Ordinal);
        Assert.Contains("var(--plot-1)", curve.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_point_says_why_and_one_outside_the_grid_that_there_is_none()
    {
        await using var site = Site.Start();
        var sweep = site.Add("small-1", dataset);
        sweep.Work(sweep.Seen.Progress.Chunks, fail: true);

        Assert.Contains("the height of slope 13 is not finite", (await site.PageAsync("/sweeps/small-1/points/15")).Text(), StringComparison.Ordinal);
        Assert.Contains("36 points, numbered from 0", (await site.PageAsync("/sweeps/small-1/points/36", HttpStatusCode.NotFound)).Text(), StringComparison.Ordinal);
        await site.PageAsync("/sweeps/small-1/points/-1", HttpStatusCode.NotFound);
        await site.PageAsync("/sweeps/small-1/points/99999999999999999999", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_point_whose_row_is_not_at_hand_still_has_its_keys()
    {
        await using var site = Site.Start();
        site.Cluster.Add("drift-1");

        var page = await site.PageAsync("/sweeps/drift-1/points/3");

        Assert.Contains("no dataset here; share it.", page.Text(), StringComparison.Ordinal);
        Assert.NotNull(page.Link("/sweeps/drift-1/points/4"));
    }
}
