using System.Globalization;
using System.Net;
using System.Xml.Linq;
using Sweeps.Dashboard.Pages.Diagram;

namespace Sweeps.Dashboard.Tests.Pages;

public sealed class DiagramTests(SmallDataset dataset) : IClassFixture<SmallDataset>
{
    private const string Figure = "/sweeps/small-1/figure";

    private static async Task<XElement> FigureAsync(Site site, string query, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var answer = await site.Browser.GetAsync(new Uri($"{Figure}?{query}", UriKind.Relative));
        string html = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{answer.StatusCode}: {html}");
        return Html.Parse($"<div>{html}</div>");
    }

    [Fact]
    public async Task A_cell_tells_value_error_and_theory_and_leads_to_its_point()
    {
        await using var site = Site.Start();
        site.Add("small-1", dataset);

        var figure = await FigureAsync(site, "x=width&y=slope&quantity=t_height&what=measured&at.kind=round");

        var link = figure.Link("/sweeps/small-1/points/25")!;
        Assert.Equal("5, 2: 10.333 ± 0.010 (theory 10)", link.All("title").Single().Value);
        Assert.Equal("-1", (string?)link.Attribute("tabindex"));
        string[][] rows = figure.All("table").Single().Rows();
        Assert.Equal(["2", "4.333 ± 0.010", "10.33 ± 0.01", "18.33 ± 0.01"], rows[2]);
        Assert.Equal(["13", "–", "–", "–"], rows[5]);
        Assert.Contains("12 of 18 points have a value", figure.Text(), StringComparison.Ordinal);
        Assert.Contains("no crossing in window or failed", figure.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("#1a1a1a", figure.ToString(), StringComparison.Ordinal);
        Assert.Contains("var(--plot-ink)", figure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("what=residual", "0.333 ± 0.010")]
    [InlineData("what=theory", "10")]
    [InlineData("what=z", "33.33")]
    public async Task Theory_residual_and_z_are_of_the_same_points(string query, string expected)
    {
        await using var site = Site.Start();
        site.Add("small-1", dataset);

        var figure = await FigureAsync(site, $"x=width&y=slope&quantity=t_height&at.kind=flat&{query}");

        string cell = figure.All("table").Single().All("a").Single(link => (string?)link.Attribute("href") == "/sweeps/small-1/points/7").Value;
        Assert.StartsWith(expected, cell.Replace("−", "-", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_run_along_one_axis_where_the_others_have_a_value()
    {
        await using var site = Site.Start();
        site.Add("small-1", dataset);

        var figure = await FigureAsync(site, "x=slope&y=lines&quantity=t_height&at.kind=flat&at.width=5");

        string[][] rows = figure.All("table").Single().Rows();
        Assert.Equal(["2", "10.33 ± 0.01", "10"], rows[2].Select(cell => cell.Replace("10.333 ± 0.010", "10.33 ± 0.01", StringComparison.Ordinal)));
        Assert.NotNull(figure.Link("/sweeps/small-1/points/7"));
    }

    [Fact]
    public async Task The_table_of_lines_without_theory_has_no_column_for_it()
    {
        await using var site = Site.Start();
        site.Add("small-1", dataset);

        var figure = await FigureAsync(site, "x=slope&y=lines&quantity=t_height&what=z&at.kind=flat&at.width=5");

        var table = figure.All("table").Single();
        Assert.Equal(2, table.All("thead").Single().All("th").Count());
        Assert.All(table.Rows(), row => Assert.Equal(2, row.Length));
    }

    [Fact]
    public async Task A_choice_that_is_not_made_is_the_usual_one_and_the_form_shows_it()
    {
        await using var site = Site.Start();
        site.Add("small-1", dataset).Work(1);

        var page = await site.PageAsync("/sweeps/small-1");

        Assert.Equal("width", page.Chosen("x"));
        Assert.Equal("slope", page.Chosen("y"));
        Assert.Equal("t_height", page.Chosen("quantity"));
        Assert.Equal("measured", page.Chosen("what"));
        Assert.Equal("flat", page.Chosen("at.kind"));
        Assert.NotNull(page.WithId("at.width").Attribute("disabled"));
        Assert.Null(page.WithId("at.kind").Attribute("disabled"));
    }

    [Theory]
    [InlineData("x=slop", "the sweep has no 'slop'; did you mean 'slope'?")]
    [InlineData("x=slope&y=slope", "x and y are both slope; choose two axes, or lines")]
    [InlineData("quantity=t_hight", "the sweep has no 't_hight'; did you mean 't_height'?")]
    [InlineData("what=mesured", "'mesured' is none of them; did you mean 'measured'?")]
    [InlineData("quantity=t_sum&what=residual", "t_sum is a closed form and not measured; choose theory, or another quantity")]
    [InlineData("at.kind=square", "no point has 'square'; kind is flat, round")]
    [InlineData("x=%3Cscript%3E", "the sweep has no '<script>'")]
    public async Task A_wrong_choice_is_told_in_the_page_and_by_the_figure(string query, string sentence)
    {
        await using var site = Site.Start();
        site.Add("small-1", dataset);

        Assert.Contains(sentence, (await site.PageAsync($"/sweeps/small-1?{query}")).WithId("figure").Text(), StringComparison.Ordinal);
        Assert.Contains(sentence, (await FigureAsync(site, query, HttpStatusCode.UnprocessableEntity)).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_figure_is_drawn_once_for_all_who_look_and_known_by_its_tag()
    {
        await using var site = Site.Start();
        site.Add("small-1", dataset);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => site.Browser.GetAsync(new Uri($"{Figure}?x=slope&y=width", UriKind.Relative))));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Figure}?x=slope&y=width");
        request.Headers.IfNoneMatch.Add(answers[0].Headers.ETag!);

        using var again = await site.Browser.SendAsync(request);

        Assert.Equal(1, site.Openings);
        Assert.Single(answers.Select(answer => answer.Headers.ETag!.Tag).Distinct());
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Fact]
    public async Task More_figures_than_can_wait_are_refused_for_some_seconds()
    {
        await using var site = Site.Start();
        site.Add("small-1", dataset);
        var opens = new TaskCompletionSource();
        site.Opens = opens.Task;
        string[] forms = ["wide", "narrow", "print"], kinds = ["measured", "theory", "residual", "z"], widths = ["2", "5", "9"];
        Uri[] different = [.. from form in forms from kind in kinds from width in widths from shape in new[] { "flat", "round" }
            select new Uri($"{Figure}?x=slope&y=lines&form={form}&what={kind}&at.width={width}&at.kind={shape}", UriKind.Relative)];
        Task<HttpResponseMessage>[] answers = [.. different.Select(address => site.Browser.GetAsync(address))];

        int refusals = different.Length - FigureCache.MostDrawn - FigureCache.MostWaiting;
        await foreach (var answer in Task.WhenEach(answers))
        {
            using var refused = await answer;
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(5), refused.Headers.RetryAfter?.Delta);
            Assert.Contains("many figures are being drawn", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            if (--refusals == 0) break;
        }
        opens.SetResult();

        var all = await Task.WhenAll(answers);
        Assert.Equal(FigureCache.MostDrawn + FigureCache.MostWaiting, all.Count(answer => answer.StatusCode is HttpStatusCode.OK));
    }

    [Fact]
    public async Task A_damaged_list_of_failures_leaves_the_figure_as_it_is()
    {
        var damaged = new SmallDataset();
        await damaged.InitializeAsync();
        try
        {
            string list = Directory.EnumerateFiles(Path.Combine(damaged.Folder, "failures"), "*.jsonl").First();
            await File.WriteAllTextAsync(list, "no failed point\n");
            await using var site = Site.Start();
            site.Add("small-1", damaged);

            var figure = await FigureAsync(site, "x=width&y=slope&quantity=t_height&at.kind=round");

            Assert.Contains("12 of 18 points have a value", figure.Text(), StringComparison.Ordinal);
            Assert.Contains("no crossing in window or failed or not finished", figure.Text(), StringComparison.Ordinal);
        }
        finally
        {
            await damaged.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_figure_to_take_along_is_for_paper()
    {
        await using var site = Site.Start();
        site.Add("small-1", dataset);

        using var answer = await site.Browser.GetAsync(new Uri($"{Figure}?form=print", UriKind.Relative));
        string svg = await answer.Content.ReadAsStringAsync();

        Assert.Equal("image/svg+xml", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("small-1-t_height.svg", answer.Content.Headers.ContentDisposition?.FileName);
        Assert.DoesNotContain("var(", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("<a ", svg, StringComparison.Ordinal);
        Assert.Contains("small: kind flat", svg, StringComparison.Ordinal);
        Assert.Equal("svg", XDocument.Parse(svg).Root!.Name.LocalName);
    }

    [Fact]
    public async Task A_dataset_that_is_elsewhere_is_told_where_the_figure_would_be()
    {
        await using var site = Site.Start();
        site.Cluster.Add("small-1");

        Assert.Contains("no dataset here; share it.", (await FigureAsync(site, "")).Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0, "/sweeps/small-1/points/0")]
    [InlineData(0.1, 0.1, "/sweeps/small-1/points/6")]
    [InlineData(0.99, 0.01, "/sweeps/small-1/points/5")]
    [InlineData(0.5, 0.99, "/sweeps/small-1/points/16")]
    [InlineData(0, 1, "/sweeps/small-1/points/15")]
    public async Task A_place_of_a_figure_leads_to_the_point_that_is_there(double across, double up, string address)
    {
        await using var site = Site.Start();
        site.Add("small-1", dataset);
        string query = string.Create(CultureInfo.InvariantCulture, $"/sweeps/small-1/at?x=width&y=slope&across={across}&up={up}");

        using var answer = await site.Browser.GetAsync(new Uri(query, UriKind.Relative));

        Assert.Equal(address, answer.Headers.Location?.ToString());
        Assert.Contains(address, await site.Browser.GetStringAsync(new Uri(query + "&words=1", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("across=2&up=0")]
    [InlineData("across=NaN&up=0")]
    [InlineData("up=0.5")]
    [InlineData("x=nix&across=0.5&up=0.5")]
    [InlineData("y=lines&across=0.5&up=0.5")]
    public async Task A_place_that_is_none_is_a_wrong_request(string query)
    {
        await using var site = Site.Start();
        site.Add("small-1", dataset);

        using var answer = await site.Browser.GetAsync(new Uri($"/sweeps/small-1/at?{query}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }
}
