using Npgsql;

namespace Sweeps.Grains.Hosts.Postgres;

/// <summary>
/// Hears by LISTEN that something happened to some sweep: a hint that saves waiting, never more. While it cannot be had, waits are as long as asked.
/// </summary>
internal sealed class PostgresNews(PostgresDatabase database, TimeProvider time) : IAsyncDisposable
{
    private const string Channel = "sweeps";

    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource stop = new();
    private readonly object gate = new();
    private TaskCompletionSource next = NewPromise();
    private Task? listening;

    /// <summary>Tells all who listen; heard when the transaction commits.</summary>
    public static async Task TellAsync(NpgsqlConnection connection, long sweep, CancellationToken cancellation)
    {
        await using NpgsqlCommand command = new("select pg_notify($1, $2)", connection)
        {
            Parameters = { new() { Value = Channel }, new() { Value = sweep.ToString(System.Globalization.CultureInfo.InvariantCulture) } },
        };
        await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Returns at the next news, or after <paramref name="longest"/>.</summary>
    public async Task WaitAsync(TimeSpan longest, CancellationToken cancellation)
    {
        Task awaited;
        lock (gate)
        {
            listening ??= Task.Run(ListenAsync, CancellationToken.None);
            awaited = next.Task;
        }
        try
        {
            await awaited.WaitAsync(longest, time, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return; // nothing happened
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync().ConfigureAwait(false);
        if (listening is not null) await listening.ConfigureAwait(false);
        stop.Dispose();
    }

    private static TaskCompletionSource NewPromise() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task ListenAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var connection = await database.OpenAsync(stop.Token).ConfigureAwait(false);
                await using (connection.ConfigureAwait(false))
                {
                    await using (NpgsqlCommand command = new($"listen {Channel}", connection))
                        await command.ExecuteNonQueryAsync(stop.Token).ConfigureAwait(false);
                    while (true)
                    {
                        await connection.WaitAsync(stop.Token).ConfigureAwait(false);
                        Announce();
                    }
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception broken) when (PostgresFaults.Of(broken, database.Address) is not null || broken is OperationCanceledException)
            {
                await Task.Delay(PauseAfterFailure, time, stop.Token).ContinueWith(_ => { }, TaskScheduler.Default).ConfigureAwait(false);
            }
        }
    }

    private void Announce()
    {
        TaskCompletionSource heard;
        lock (gate) (heard, next) = (next, NewPromise());
        heard.SetResult();
    }
}
