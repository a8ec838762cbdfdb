using System.Collections.Immutable;

namespace Sweeps.Silo.Tests;

/// <summary>What happened, in order, on any thread; and a way to wait for it.</summary>
internal sealed class Journal
{
    /// <summary>Far more than anything takes: whoever waits longer waits for ever.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Lock gate = new();
    private readonly List<(Func<ImmutableArray<string>, bool> Holds, TaskCompletionSource Reached)> waiting = [];
    private ImmutableArray<string> events = [];

    public ImmutableArray<string> Events
    {
        get
        {
            lock (gate) return events;
        }
    }

    public void Add(string what)
    {
        lock (gate)
        {
            events = events.Add(what);
            foreach (var (holds, reached) in waiting)
                if (holds(events)) reached.TrySetResult();
        }
    }

    public int Count(string what) => Events.Count(each => each == what);

    /// <summary>Until it has happened so often.</summary>
    public Task UntilAsync(string what, int times = 1) => UntilAsync(events => events.Count(each => each == what) >= times, what);

    public async Task UntilAsync(Func<ImmutableArray<string>, bool> holds, string what = "")
    {
        try
        {
            await Reached(holds).WaitAsync(Deadline);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"'{what}' did not happen; there were {string.Join(", ", Events)}");
        }
    }

    /// <summary>Is completed in the moment in which it holds.</summary>
    public Task Reached(Func<ImmutableArray<string>, bool> holds)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (holds(events)) reached.SetResult();
            else waiting.Add((holds, reached));
        }
        return reached.Task;
    }
}
