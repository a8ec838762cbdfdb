namespace Sweeps.Fakes;

/// <summary>A clock whose timers ring when the test says so.</summary>
internal sealed class HeldClock : TimeProvider
{
    // Far more than anything takes: whoever waits longer waits for ever.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Lock gate = new();
    private readonly List<Held> timers = [];
    private TaskCompletionSource armed = New();

    public override long GetTimestamp() => 0;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Held(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Whether a timer is set to so much.</summary>
    public bool IsSet(TimeSpan due)
    {
        lock (gate) return timers.Exists(each => each.Due == due);
    }

    /// <summary>Rings the first timer that is set to so much, as soon as there is one.</summary>
    /// <exception cref="TimeoutException">There is none.</exception>
    public async Task RingAsync(TimeSpan due)
    {
        while (true)
        {
            Held? timer;
            Task another;
            lock (gate)
            {
                timer = timers.Find(each => each.Due == due);
                if (timer is not null) timers.Remove(timer);
                another = armed.Task;
            }
            if (timer is not null)
            {
                timer.Ring();
                return;
            }
            await another.WaitAsync(Deadline);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Held(HeldClock clock, Action ring) : ITimer
    {
        public TimeSpan Due { get; private set; }

        public void Ring() => ring();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            TaskCompletionSource signal;
            lock (clock.gate)
            {
                clock.timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                Due = dueTime;
                clock.timers.Add(this);
                (signal, clock.armed) = (clock.armed, New());
            }
            signal.SetResult();
            return true;
        }

        public void Dispose()
        {
            lock (clock.gate) clock.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
