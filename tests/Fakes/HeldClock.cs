using System.Collections.Immutable;

namespace Sweeps.Dashboard.Tests.Api;

/// <summary>A clock whose timers ring when the test says so.</summary>
internal sealed class HeldClock : TimeProvider
{
    private readonly Lock gate = new();
    private ImmutableList<Held> timers = [];

    public override long GetTimestamp() => 0;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Held(this, callback, state, dueTime);
        lock (gate) timers = timers.Add(timer);
        return timer;
    }

    /// <summary>Rings the first timer that is set to so much, as soon as there is one.</summary>
    public async Task RingAsync(TimeSpan due)
    {
        while (true)
        {
            Held? timer;
            lock (gate)
            {
                timer = timers.Find(each => each.Due == due);
                if (timer is not null) timers = timers.Remove(timer);
            }
            if (timer is not null)
            {
                timer.Callback(timer.State);
                return;
            }
            await Task.Yield();
        }
    }

    private sealed record Held(HeldClock Clock, TimerCallback Callback, object? State, TimeSpan Due) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
            lock (Clock.gate) Clock.timers = Clock.timers.RemoveAll(each => ReferenceEquals(each, this));
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
