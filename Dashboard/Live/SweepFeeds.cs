using System.Runtime.CompilerServices;
using Sweeps.Grains.Hosts;

namespace Sweeps.Dashboard.Live;

/// <summary>Feeds of the sweeps that somebody follows, one each.</summary>
internal sealed class SweepFeeds(ISweepServer server, TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, SweepFeed> feeds = new(StringComparer.Ordinal);

    /// <summary>What happens to a sweep from now on, beginning with where it stands; it does not end by itself.</summary>
    /// <param name="id">The sweep, as the server calls it.</param>
    /// <param name="cancellation">Ends it.</param>
    public async IAsyncEnumerable<SweepNews> FollowAsync(string id, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var feed = Join(id);
        try
        {
            SweepNews? heard = null;
            while (true)
            {
                var (news, newer) = feed.Newest;
                if (news is not null && !ReferenceEquals(news, heard)) yield return heard = news;
                await newer.WaitAsync(cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            if (Leave(id, feed)) await feed.DisposeAsync().ConfigureAwait(false);
        }
    }

    private SweepFeed Join(string id)
    {
        lock (gate)
        {
            if (!feeds.TryGetValue(id, out var feed)) feeds[id] = feed = new(server, id, clock);
            feed.Followers++;
            return feed;
        }
    }

    // Whether nobody is left.
    private bool Leave(string id, SweepFeed feed)
    {
        lock (gate)
        {
            if (--feed.Followers > 0) return false;
            feeds.Remove(id);
            return true;
        }
    }
}
