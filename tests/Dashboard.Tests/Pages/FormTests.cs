using System.Net;
using Sweeps.Fakes;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Leases;

namespace Sweeps.Dashboard.Tests.Pages;

public sealed class FormTests
{
    private const string Wrong = "name: bad name\nexperiment: fake\naxes:\n  slop: [1, 2]\n  width: [1, <b>]\n";

    [Fact]
    public async Task A_plan_says_what_a_spec_comes_to_and_starts_nothing()
    {
        await using var site = Site.Start();

        var page = await site.SendAsync("/submit", HttpStatusCode.OK, ("spec", FakeCluster.SpecText()), ("action", "plan"));

        string plan = page.All("section").First(section => (string?)section.Attribute("aria-labelledby") == "plan-heading").Text();
        Assert.Contains("drift: 10 points", plan, StringComparison.Ordinal);
        Assert.Contains("Chunks 10", plan, StringComparison.Ordinal);
        Assert.Contains("Predicted cost 50 s of one core", plan, StringComparison.Ordinal);
        Assert.Contains("10 values, 1 to 10", plan, StringComparison.Ordinal);
        Assert.Equal(FakeCluster.SpecText(), page.WithId("spec").Value.TrimStart('\n'));
        Assert.Empty(site.Cluster.Sweeps);
    }

    [Theory]
    [InlineData("plan")]
    [InlineData("start")]
    public async Task Every_mistake_is_told_with_line_and_remedy_and_the_text_is_kept(string action)
    {
        await using var site = Site.Start();

        var page = await site.SendAsync("/submit", HttpStatusCode.UnprocessableEntity,
            ("spec", Wrong), ("priority", "high"), ("lanes", "0"), ("only", "tpu"), ("action", action));

        string[] mistakes = [.. page.WithId("mistakes").All("li").Select(Html.Text)];
        Assert.Contains(mistakes, mistake => mistake.StartsWith("line 1 'bad name' is no name →", StringComparison.Ordinal));
        Assert.Contains(mistakes, mistake => mistake.StartsWith("line 4 ", StringComparison.Ordinal) && mistake.Contains("did you mean 'slope'?", StringComparison.Ordinal));
        Assert.Contains(mistakes, mistake => mistake.StartsWith("line 5 ", StringComparison.Ordinal) && mistake.Contains("<b>", StringComparison.Ordinal));
        Assert.Contains("priority 'high': write an integer from -1 000 to 1 000, or nothing", mistakes);
        Assert.Contains(mistakes, mistake => mistake.StartsWith("lanes '0'", StringComparison.Ordinal));
        Assert.Contains(mistakes, mistake => mistake.StartsWith("only 'tpu'", StringComparison.Ordinal));
        Assert.Equal(Wrong, page.WithId("spec").Value.TrimStart('\n'));
        Assert.Equal("high", (string?)page.WithId("priority").Attribute("value"));
        Assert.Equal(["1", "4", "5"], page.All("pre").First().All("span").Where(line => (string?)line.Attribute("class") == "wrong").Select(Html.Text));
        Assert.Empty(site.Cluster.Sweeps);
    }

    [Fact]
    public async Task Of_very_many_mistakes_the_first_hundred_are_shown_and_how_many_more_there_are()
    {
        await using var site = Site.Start();
        string wrong = $"name: bad\nexperiment: fake\nfixed:\n{string.Concat(Enumerable.Range(0, 120).Select(i => $"  a{i}: 1\n"))}";

        var page = await site.SendAsync("/submit", HttpStatusCode.UnprocessableEntity, ("spec", wrong), ("lanes", "0"), ("action", "plan"));

        var mistakes = page.WithId("mistakes");
        Assert.Equal(100, mistakes.All("li").Count());
        Assert.Contains("121 mistakes; nothing was started", mistakes.Text(), StringComparison.Ordinal);
        Assert.EndsWith("and 21 more mistakes", mistakes.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_right_spec_is_started_with_its_demands_and_a_double_click_is_one_sweep()
    {
        await using var site = Site.Start();
        var form = await site.PageAsync("/submit");
        string submission = (string)form.All("input").First(input => (string?)input.Attribute("name") == "submission").Attribute("value")!;
        (string, string)[] fields =
            [("spec", FakeCluster.SpecText()), ("submission", submission), ("priority", "5"), ("lanes", "2"), ("only", "gpu"), ("action", "start")];

        using var first = await site.PostAsync("/submit", fields);
        using var second = await site.PostAsync("/submit", fields);

        Assert.Equal(HttpStatusCode.SeeOther, first.StatusCode);
        Assert.Equal("/sweeps/drift-1?said=submitted", first.Headers.Location?.ToString());
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal(new SweepDemands(5, 2, DeviceDemand.Accelerator), Assert.Single(site.Cluster.Sweeps).Demands);
    }

    [Fact]
    public async Task A_file_takes_the_place_of_the_text()
    {
        await using var site = Site.Start();
        using var form = new MultipartFormDataContent
        {
            { new StringContent("nothing of use"), "spec" },
            { new StringContent(FakeCluster.SpecText()), "file", "..\\<evil>.yaml" },
            { new StringContent("start"), "action" },
        };

        using var answer = await site.Browser.PostAsync(new Uri("/submit", UriKind.Relative), form);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Single(site.Cluster.Sweeps);
    }

    [Fact]
    public async Task What_is_no_form_or_too_large_is_refused_with_a_page()
    {
        await using var site = Site.Start();
        using var text = new StringContent("spec");
        using var noForm = await site.Browser.PostAsync(new Uri("/submit", UriKind.Relative), text);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, noForm.StatusCode);
        // More than a spec may have, less than a form: the spec itself is told to be too large.
        await site.SendAsync("/submit", HttpStatusCode.UnprocessableEntity, ("spec", new string('#', 1_050_000)), ("action", "start"));
        Assert.Empty(site.Cluster.Sweeps);
    }

    [Fact]
    public async Task The_first_spec_can_be_planned_as_it_is()
    {
        var catalogue = Compute.Experiments.ExperimentCatalogue.All;

        var reading = Grains.Specs.SpecReader.Read(Dashboard.Display.SpecExample.For(catalogue), "spec", [], catalogue);

        Assert.Empty(reading.Mistakes);
        await Task.CompletedTask;
    }

    [Fact]
    public async Task A_sweep_is_extended_by_its_own_spec_with_more_values()
    {
        await using var site = Site.Start();
        var sweep = site.Cluster.Add("drift-1");
        string text = (await site.PageAsync("/sweeps/drift-1/extend")).WithId("spec").Value;
        string larger = text.Replace("10]", "10, 11]", StringComparison.Ordinal);

        var plan = await site.SendAsync("/sweeps/drift-1/extend", HttpStatusCode.OK, ("spec", larger), ("action", "plan"));
        using var answer = await site.PostAsync("/sweeps/drift-1/extend", ("spec", larger), ("action", "start"));

        Assert.Contains("New points 1 beside the 10 that stay", plan.Text(), StringComparison.Ordinal);
        Assert.Equal("/sweeps/drift-1?said=extended", answer.Headers.Location?.ToString());
        Assert.Equal(11, sweep.Seen.Points);
    }

    [Fact]
    public async Task What_is_no_extension_is_told_by_its_differences()
    {
        await using var site = Site.Start();
        var sweep = site.Cluster.Add("drift-1");
        string text = (await site.PageAsync("/sweeps/drift-1/extend")).WithId("spec").Value;

        var same = await site.SendAsync("/sweeps/drift-1/extend", HttpStatusCode.UnprocessableEntity, ("spec", text), ("action", "start"));
        var other = await site.SendAsync("/sweeps/drift-1/extend", HttpStatusCode.UnprocessableEntity,
            ("spec", text.Replace("seed: 0", "seed: 3", StringComparison.Ordinal)), ("action", "start"));
        sweep.Take(new LedgerEvent.Cancel());
        using var late = await site.PostAsync("/sweeps/drift-1/extend",
            ("spec", text.Replace("10]", "10, 11]", StringComparison.Ordinal)), ("action", "start"));

        Assert.Contains("has these points already", same.Text(), StringComparison.Ordinal);
        Assert.Contains("the seed was 0, and is 3 now", other.Text(), StringComparison.Ordinal);
        Assert.Equal("/sweeps/drift-1?said=refused-cancelled", late.Headers.Location?.ToString());
        Assert.Equal(10, sweep.Seen.Points);
    }
}
