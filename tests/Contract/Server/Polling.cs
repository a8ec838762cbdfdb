namespace Sweeps.Contract.Server;

/// <summary>Waiting for what tells nobody.</summary>
internal static class Polling
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(20);

    /// <exception cref="OperationCanceledException">It did not happen within <paramref name="deadline"/>.</exception>
    public static async Task UntilAsync(Func<Task<bool>> happened, TimeSpan deadline)
    {
        using var end = new CancellationTokenSource(deadline);
        using var timer = new PeriodicTimer(Often);
        while (!await happened()) await timer.WaitForNextTickAsync(end.Token);
    }

    /// <summary>Does something again and again, until cancelled.</summary>
    public static async Task EveryAsync(TimeSpan period, Func<Task> act, CancellationToken end)
    {
        using var timer = new PeriodicTimer(period);
        try
        {
            while (await timer.WaitForNextTickAsync(end)) await act();
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
        }
    }
}
