namespace Sweeps.Grains.Tests.Workers;

/// <summary>What happened around a lane, in order, and a way to wait for it.</summary>
internal sealed class LaneLog
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    private readonly object gate = new();
    private readonly List<string> lines = [];
    private TaskCompletionSource grown = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string[] Lines
    {
        get
        {
            lock (gate) return [.. lines];
        }
    }

    /// <summary>Ends with the next line.</summary>
    public Task Grown
    {
        get
        {
            lock (gate) return grown.Task;
        }
    }

    public void Add(string line)
    {
        TaskCompletionSource before;
        lock (gate)
        {
            lines.Add(line);
            (before, grown) = (grown, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        before.SetResult();
    }

    public string[] Of(string kind) => [.. Lines.Where(line => line.StartsWith(kind + " ", StringComparison.Ordinal))];

    public int CountOf(string line) => Lines.Count(each => each == line);

    /// <summary>Returns when a line has come so often; fails if that takes a minute, since then it never does.</summary>
    public async Task Heard(string line, int times = 1)
    {
        while (true)
        {
            Task more;
            lock (gate)
            {
                if (lines.Count(each => each == line) >= times) return;
                more = grown.Task;
            }
            try
            {
                await more.WaitAsync(Deadline);
            }
            catch (TimeoutException)
            {
                Assert.Fail($"'{line}' has not come {times} times: {string.Join("; ", Lines)}");
            }
        }
    }
}
