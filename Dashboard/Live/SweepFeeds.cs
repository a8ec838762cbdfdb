using System.Runtime.CompilerServices;
using Sweeps.Grains.Hosts;

namespace Sweeps.Dashboard.Live;

/// <summary>Feeds of the sweeps that somebody follows: however many follow one, the server is asked once.</summary>
internal sealed class SweepFeeds
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    // However much happens to a sweep: nobody reads faster, and the server has other things to do.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(500);

    private readonly ISweepServer server;
    private readonly TimeProvider clock;
    private readonly SharedNews<string, SweepNews> feeds;

    public SweepFeeds(ISweepServer server, TimeProvider clock) =>
        (this.server, this.clock, feeds) = (server, clock, new(AskAsync));

    /// <summary>What happens to a sweep from now on, beginning with where it stands; it does not end by itself.</summary>
    /// <param name="id">The sweep, as the server calls it.</param>
    /// <param name="cancellation">Ends it.</param>
    public IAsyncEnumerable<SweepNews> FollowAsync(string id, CancellationToken cancellation) => feeds.FollowAsync(id, cancellation);

    private async IAsyncEnumerable<SweepNews> AskAsync(string id, [EnumeratorCancellation] CancellationToken over)
    {
        SweepNews? last = null;
        while (true)
        {
            long asked = clock.GetTimestamp();
            yield return last = await AskOnceAsync(id, last, over).ConfigureAwait(false);
            if (last.Trouble is null) await WaitAsync(id, over).ConfigureAwait(false);
            else await Task.Delay(LongestWait, clock, over).ConfigureAwait(false);
            var left = ShortestPause - clock.GetElapsedTime(asked);
            if (left > TimeSpan.Zero) await Task.Delay(left, clock, over).ConfigureAwait(false);
        }
    }

    private async Task<SweepNews> AskOnceAsync(string id, SweepNews? last, CancellationToken over)
    {
        try
        {
            return new(await server.FindAsync(id, over).ConfigureAwait(false), null);
        }
        catch (ServerException gone)
        {
            return new(last?.Sweep, gone.Message);
        }
    }

    private async Task WaitAsync(string id, CancellationToken over)
    {
        try
        {
            await server.WaitForChangeAsync(id, LongestWait, over).ConfigureAwait(false);
        }
        catch (ServerException)
        {
            // The next question tells.
        }
    }
}
