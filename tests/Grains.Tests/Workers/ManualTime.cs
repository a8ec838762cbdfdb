namespace Sweeps.Grains.Tests.Workers;

/// <summary>A clock that stands still until the test moves it; timers that are due fire then, in order, on the test's thread.</summary>
internal sealed class ManualTime : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly object gate = new();
    private readonly List<Timer> timers = [];
    private readonly List<Func<bool>> waiters = [];
    private TimeSpan elapsed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Start + Elapsed;

    public override long GetTimestamp() => Elapsed.Ticks;

    private TimeSpan Elapsed
    {
        get
        {
            lock (gate) return elapsed;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        TimeSpan end = Elapsed + by;
        while (NextUntil(end) is { } timer) timer.Fire();
    }

    /// <summary>Returns when so many timers are set that are due in just this time.</summary>
    public Task TimerOf(TimeSpan due, int count = 1)
    {
        lock (gate)
        {
            var set = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiters.Add(() => timers.Count(timer => timer.At == elapsed + due) >= count && set.TrySetResult());
            waiters[^1]();
            return set.Task;
        }
    }

    private Timer? NextUntil(TimeSpan end)
    {
        lock (gate)
        {
            var next = timers.Where(timer => timer.At <= end).MinBy(timer => timer.At);
            elapsed = next?.At ?? end;
            next?.Next();
            return next;
        }
    }

    private sealed class Timer(ManualTime time, Action callback) : ITimer
    {
        private TimeSpan period;

        public TimeSpan At { get; private set; }

        public void Fire() => callback();

        /// <summary>Sets it for its next time; under the clock's gate.</summary>
        public void Next()
        {
            if (period > TimeSpan.Zero) At += period;
            else time.timers.Remove(this);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time.gate)
            {
                time.timers.Remove(this);
                this.period = period;
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                At = time.elapsed + dueTime;
                time.timers.Add(this);
                time.waiters.RemoveAll(waiter => waiter());
                return true;
            }
        }

        public void Dispose()
        {
            lock (time.gate) time.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
