using System.Net;
using Sweeps.Dashboard.Datasets;
using Sweeps.Dashboard.Hosting;
using Sweeps.Dashboard.Pages;
using Sweeps.Dashboard.Pages.Points;
using Sweeps.Fakes;
using Sweeps.Grains.Datasets;

namespace Sweeps.Dashboard.Tests.Pages;

public sealed class UnreadableDatasetTests(SmallDataset dataset) : IClassFixture<SmallDataset>
{
    public static TheoryData<Exception, string> Troubles => new()
    {
        { new DatasetException("f.jsonl is damaged at line 3"), "f.jsonl is damaged at line 3" },
        { new IOException("secret"), "cannot be read at this moment" },
        { new UnauthorizedAccessException("secret"), "cannot be read at this moment" },
    };

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task A_dataset_that_cannot_be_read_is_told_beside_what_the_server_knows(Exception trouble, string sentence)
    {
        await using var cluster = new FakeCluster();
        var sweep = cluster.Add("drift-1");
        sweep.Work(1, fail: true);
        var source = new SweepSource(cluster, new Unreadable(trouble), [new FakeExperiment()], TimeProvider.System);

        var page = await new SweepViews(source).FindAsync("drift-1", false, CancellationToken.None);
        var point = await new PointViews(source).FindAsync(sweep.Seen, sweep.Spec, 0, CancellationToken.None);

        Assert.EndsWith(sentence, page!.Failures.Trouble, StringComparison.Ordinal);
        Assert.EndsWith(sentence, point!.Trouble, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/sweeps/small-1/figure?x=width&y=slope&quantity=t_height")]
    [InlineData("/sweeps/small-1/at?x=width&y=slope&quantity=t_height&across=0.5&up=0.5")]
    public async Task A_figure_without_its_page_is_to_be_asked_for_again_unless_its_dataset_is_damaged(string address)
    {
        await using var site = Site.Start();
        site.Add("small-1", dataset);

        site.Opens = Task.FromException(new IOException("secret"));
        using var later = await site.Browser.GetAsync(new Uri(address, UriKind.Relative));
        site.Opens = Task.FromException(new DatasetException("points is missing; restore it from a copy"));
        using var damaged = await site.Browser.GetAsync(new Uri(address, UriKind.Relative));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, true), (later.StatusCode, later.Headers.RetryAfter is not null));
        string words = await later.Content.ReadAsStringAsync();
        Assert.Contains("cannot be read at this moment", WebUtility.HtmlDecode(words), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", words, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.InternalServerError, false), (damaged.StatusCode, damaged.Headers.RetryAfter is not null));
        Assert.Contains("restore it from a copy", await damaged.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Collection(
            site.Logged,
            line => Assert.EndsWith("IOException: secret", line, StringComparison.Ordinal),
            line => Assert.EndsWith("DatasetException: points is missing; restore it from a copy", line, StringComparison.Ordinal));
    }

    private sealed class Unreadable(Exception trouble) : ISweepDatasets
    {
        public Task<Checked<SweepFolder>> OpenAsync(string id, CancellationToken cancellation) => throw trouble;
    }
}
