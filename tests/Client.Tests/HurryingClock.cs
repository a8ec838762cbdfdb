namespace Sweeps.Client.Tests;

/// <summary>A clock on which every wait is over at once, and has taken its time all the same.</summary>
internal sealed class HurryingClock : TimeProvider
{
    private long ticks;

    public TimeSpan Passed => TimeSpan.FromTicks(Interlocked.Read(ref ticks));

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref ticks);

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) + Passed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Add(ref ticks, dueTime.Ticks);
        callback(state);
        return new Over();
    }

    private sealed class Over : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose()
        {
            // It rang already.
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
