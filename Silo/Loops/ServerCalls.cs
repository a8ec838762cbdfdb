using Sweeps.Grains.Hosts;
using Sweeps.Silo.Health;

namespace Sweeps.Silo.Loops;

/// <summary>Asks the server until it answers: an outage is waited out, with growing pauses, and told once.</summary>
internal sealed class ServerCalls(Outage outage, Jitter jitter, TimeProvider time)
{
    /// <summary>No answer within this is none: a connection that hangs must not hang the loop.</summary>
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(20);

    /// <param name="pulse">Of the loop that asks.</param>
    /// <param name="call">The question; asked again after a <see cref="ServerException"/>.</param>
    /// <param name="stop">Ends the asking.</param>
    /// <param name="longestPause">Between two attempts; null for the usual.</param>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public async Task<T> AskAsync<T>(
        LoopPulse pulse, Func<CancellationToken, Task<T>> call, CancellationToken stop, TimeSpan? longestPause = null)
    {
        try
        {
            for (int failures = 1; ; failures++)
            {
                stop.ThrowIfCancellationRequested();
                pulse.Expect(LongestCall);
                try
                {
                    var answer = await WithinAsync(call, stop).ConfigureAwait(false);
                    outage.Succeeds(pulse);
                    pulse.Turn();
                    return answer;
                }
                catch (ServerException fault)
                {
                    outage.Fails(pulse, fault.Message);
                }
                var pause = Backoff.After(failures, jitter, longestPause);
                pulse.Expect(pause);
                await Task.Delay(pause, time, stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            outage.Forget(pulse);
            throw;
        }
    }

    public Task AskAsync(LoopPulse pulse, Func<CancellationToken, Task> call, CancellationToken stop, TimeSpan? longestPause = null) =>
        AskAsync(
        pulse,
        async cancellation =>
        {
            await call(cancellation).ConfigureAwait(false);
            return true;
        },
        stop,
        longestPause);

    /// <summary>Asks once, for what can be done without.</summary>
    /// <returns>Null if there is no answer.</returns>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public async Task<T?> AskOnceAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken stop)
        where T : class
    {
        try
        {
            return await WithinAsync(call, stop).ConfigureAwait(false);
        }
        catch (ServerException)
        {
            return null;
        }
    }

    private async Task<T> WithinAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(LongestCall, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, limit.Token);
        try
        {
            return await call(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            throw new ServerException(FormattableString.Invariant($"no answer within {LongestCall.TotalSeconds} s"));
        }
    }
}
