namespace Sweeps.Contract.Server;

/// <summary>Waiting for what tells nobody.</summary>
internal static class Polling
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(20);

    /// <exception cref="OperationCanceledException">It did not happen within <paramref name="deadline"/>.</exception>
    public static async Task UntilAsync(Func<Task<bool>> happened, TimeSpan deadline)
    {
        if (!await HappensAsync(happened, deadline, Often)) throw new OperationCanceledException($"it did not happen within {deadline}");
    }

    /// <summary>For those who have something to say where it does not happen.</summary>
    /// <returns>False if it did not happen within <paramref name="deadline"/>.</returns>
    public static async Task<bool> HappensAsync(Func<Task<bool>> happened, TimeSpan deadline, TimeSpan period)
    {
        using var end = new CancellationTokenSource(deadline, TimeProvider.System);
        using var timer = new PeriodicTimer(period, TimeProvider.System);
        while (!await happened())
            try
            {
                await timer.WaitForNextTickAsync(end.Token);
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        return true;
    }

    /// <summary>Does something again and again, until cancelled.</summary>
    public static async Task EveryAsync(TimeSpan period, Func<Task> act, CancellationToken end)
    {
        using var timer = new PeriodicTimer(period, TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(end)) await act();
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
        }
    }
}
