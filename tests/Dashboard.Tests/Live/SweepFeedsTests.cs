using Sweeps.Dashboard.Live;
using Sweeps.Fakes;

namespace Sweeps.Dashboard.Tests.Live;

public sealed class SweepFeedsTests
{
    [Fact]
    public async Task All_who_follow_hear_the_same_and_a_server_that_is_away_is_told()
    {
        await using var cluster = new FakeCluster { IsPatient = true };
        var sweep = cluster.Add("drift-1");
        cluster.Happenings.Enqueue(() => cluster.Unanswered = 1);
        cluster.Happenings.Enqueue(() => sweep.Work(2));
        var feeds = new SweepFeeds(cluster, TimeProvider.System);
        using var leaving = new CancellationTokenSource();

        var heard = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => UntilWorkAsync(feeds, leaving.Token)));

        Assert.All(heard, news => Assert.Equal(2, news.Sweep!.Progress.PointsDone));
        Assert.All(heard, news => Assert.Null(news.Trouble));
    }

    [Fact]
    public async Task A_sweep_that_is_not_there_is_told_as_such()
    {
        await using var cluster = new FakeCluster { IsPatient = true };
        await using var follower = new SweepFeeds(cluster, TimeProvider.System).FollowAsync("nix", CancellationToken.None).GetAsyncEnumerator();

        Assert.True(await follower.MoveNextAsync());

        Assert.Equal(new SweepNews(null, null), follower.Current);
    }

    private static async Task<SweepNews> UntilWorkAsync(SweepFeeds feeds, CancellationToken leaving)
    {
        await foreach (var news in feeds.FollowAsync("drift-1", leaving))
        {
            if (news.Trouble is not null) Assert.Equal(FakeCluster.Gone, news.Trouble);
            else if (news.Sweep!.Progress.PointsDone == 2) return news;
        }
        throw new InvalidOperationException("a feed does not end by itself");
    }
}
