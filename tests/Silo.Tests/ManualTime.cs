using Sweeps.Silo.Loops;

namespace Sweeps.Silo.Tests;

/// <summary>A clock that goes on only when told to, with timers.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<Timer> timers = [];
    private TimeSpan now;
    private TaskCompletionSource armed = New();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Since the beginning.</summary>
    public TimeSpan Now
    {
        get
        {
            lock (gate) return now;
        }
    }

    public override long GetTimestamp() => Now.Ticks;

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero) + Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state), state is IdleMemory);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Lets so much time pass; what falls due on the way happens at its own moment.</summary>
    public void Advance(TimeSpan by)
    {
        TimeSpan end;
        lock (gate) end = now + by;
        while (true)
        {
            Timer? next;
            lock (gate)
            {
                next = timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
                if (next is null)
                {
                    now = end;
                    return;
                }
                now = next.Due > now ? next.Due : now;
                timers.Remove(next);
            }
            next.Fire();
        }
    }

    /// <summary>How many loops wait for time to pass, once they have all come round; limits of calls are not waited for.</summary>
    public Func<int> Waiting { get; set; } = () => 1;

    /// <summary>Goes from one due moment to the next until the goal is reached, and never before all loops have come round.</summary>
    public async Task AdvanceUntilAsync(Task goal)
    {
        while (!goal.IsCompleted)
        {
            // What was woken runs before time goes on.
            do await Task.Yield();
            while (ThreadPool.PendingWorkItemCount > 0 && !goal.IsCompleted);
            Task next;
            TimeSpan? due = null;
            lock (gate)
            {
                next = armed.Task;
                var loops = timers.Where(timer => !timer.IsLimit).ToList();
                if (loops.Count >= Waiting()) due = loops.Min(timer => timer.Due) - now;
            }
            if (goal.IsCompleted) break;
            if (due is { } wait) Advance(wait);
            else await Task.WhenAny(goal, next).WaitAsync(Journal.Deadline);
        }
        await goal;
    }

    /// <summary>Until somebody waits for so long.</summary>
    public async Task UntilArmedAsync(TimeSpan wait)
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (timers.Any(timer => timer.Due - now == wait)) return;
                next = armed.Task;
            }
            await next.WaitAsync(Journal.Deadline);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Timer(ManualTime owner, Action fire, bool isOfMemory) : ITimer
    {
        public TimeSpan Due { get; private set; }

        /// <summary>Whether it limits a call to the server, or looks after memory: nobody waits for it.</summary>
        public bool IsLimit { get; private set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Assert.Equal(Timeout.InfiniteTimeSpan, period);
            TaskCompletionSource signal;
            lock (owner.gate)
            {
                owner.timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                Due = owner.now + dueTime;
                IsLimit = isOfMemory || dueTime == TimeSpan.FromSeconds(20);
                owner.timers.Add(this);
                (signal, owner.armed) = (owner.armed, New());
            }
            signal.SetResult();
            return true;
        }

        public void Dispose()
        {
            lock (owner.gate) owner.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
