using Sweeps.Dashboard.Datasets;
using Sweeps.Dashboard.Hosting;
using Sweeps.Dashboard.Pages;
using Sweeps.Dashboard.Pages.Points;
using Sweeps.Fakes;
using Sweeps.Grains.Datasets;

namespace Sweeps.Dashboard.Tests.Pages;

public sealed class UnreadableDatasetTests
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

    private sealed class Unreadable(Exception trouble) : ISweepDatasets
    {
        public Task<Checked<SweepFolder>> OpenAsync(string id, CancellationToken cancellation) => throw trouble;
    }
}
