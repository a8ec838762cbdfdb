using Npgsql;

namespace Sweeps.Grains.Hosts.Postgres;

/// <summary>
/// Hears by LISTEN that something happened to some sweep: a hint that saves waiting, never more. Where it cannot be had, the wait is as long as asked.
/// </summary>
internal sealed class PostgresNews(PostgresDatabase database, TimeProvider time) : IAsyncDisposable
{
    private const string Channel = "sweeps";

    private readonly SemaphoreSlim gate = new(1);
    private NpgsqlConnection? listening;

    /// <summary>Tells all who listen; heard when the transaction commits.</summary>
    public static async Task TellAsync(NpgsqlConnection connection, long sweep, CancellationToken cancellation)
    {
        await using NpgsqlCommand command = new("select pg_notify($1, $2)", connection)
        {
            Parameters = { new() { Value = Channel }, new() { Value = sweep.ToString(System.Globalization.CultureInfo.InvariantCulture) } },
        };
        await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Returns at the next news, or after <paramref name="longest"/>; one waits at a time, others behind it.</summary>
    public async Task WaitAsync(TimeSpan longest, CancellationToken cancellation)
    {
        using CancellationTokenSource limit = new(longest, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            await gate.WaitAsync(both.Token).ConfigureAwait(false);
            try
            {
                listening ??= await ListenAsync(both.Token).ConfigureAwait(false);
                await listening.WaitAsync(both.Token).ConfigureAwait(false);
            }
            finally
            {
                gate.Release();
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return; // nothing happened
        }
        catch (Exception broken) when (PostgresFaults.Of(broken, database.Address) is not null)
        {
            await HangUpAsync().ConfigureAwait(false);
            await Task.Delay(Timeout.InfiniteTimeSpan, time, both.Token).ContinueWith(_ => { }, TaskScheduler.Default).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await HangUpAsync().ConfigureAwait(false);
        gate.Dispose();
    }

    private async Task<NpgsqlConnection> ListenAsync(CancellationToken cancellation)
    {
        var connection = await database.OpenAsync(cancellation).ConfigureAwait(false);
        try
        {
            await using NpgsqlCommand command = new($"listen {Channel}", connection);
            await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task HangUpAsync()
    {
        if (Interlocked.Exchange(ref listening, null) is { } connection) await connection.DisposeAsync().ConfigureAwait(false);
    }
}
