using Sweeps.Grains.Hosts;

namespace Sweeps.Client.Cluster;

/// <summary>Asks a server that is gone again and again, for a minute.</summary>
internal sealed class ServerPatience(TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <param name="question">May be asked more than once.</param>
    /// <param name="inVain">Hears each time why there was no answer.</param>
    /// <param name="cancellation">Ends the waits.</param>
    /// <exception cref="ServerException">There was no answer for a minute, or the answer is no.</exception>
    public async Task<T> AskAsync<T>(Func<Task<T>> question, Action<ServerException> inVain, CancellationToken cancellation)
    {
        long? since = null;
        while (true)
            try
            {
                return await question().ConfigureAwait(false);
            }
            catch (ServerException gone) when (gone.IsTransient)
            {
                since ??= clock.GetTimestamp();
                if (clock.GetElapsedTime(since.Value) >= Longest) throw;
                inVain(gone);
                await Task.Delay(Pause, clock, cancellation).ConfigureAwait(false);
            }
    }
}
