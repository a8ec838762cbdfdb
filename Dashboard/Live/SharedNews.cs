using System.Runtime.CompilerServices;

namespace Sweeps.Dashboard.Live;

/// <summary>
/// News by key, such as a sweep's id. However many follow a key, its source runs once, from the first follower's coming to the last
/// one's leaving.
/// </summary>
/// <param name="sourceOf">News of a key until cancelled.</param>
internal sealed class SharedNews<TKey, TNews>(Func<TKey, CancellationToken, IAsyncEnumerable<TNews>> sourceOf)
    where TKey : notnull
    where TNews : class
{
    private readonly Lock gate = new();
    private readonly Dictionary<TKey, NewsLoop<TNews>> loops = [];

    /// <summary>News from now on, beginning with the newest there is; it does not end by itself.</summary>
    public async IAsyncEnumerable<TNews> FollowAsync(TKey key, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var loop = Join(key);
        try
        {
            TNews? heard = null;
            while (true)
            {
                var (news, newer) = loop.Newest;
                if (news is not null && !ReferenceEquals(news, heard)) yield return heard = news;
                await newer.WaitAsync(cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            if (Leave(key, loop)) await loop.DisposeAsync().ConfigureAwait(false);
        }
    }

    private NewsLoop<TNews> Join(TKey key)
    {
        lock (gate)
        {
            if (!loops.TryGetValue(key, out var loop)) loops[key] = loop = new(cancellation => sourceOf(key, cancellation));
            loop.Followers++;
            return loop;
        }
    }

    // Whether nobody is left.
    private bool Leave(TKey key, NewsLoop<TNews> loop)
    {
        lock (gate)
        {
            if (--loop.Followers > 0) return false;
            loops.Remove(key);
            return true;
        }
    }
}
