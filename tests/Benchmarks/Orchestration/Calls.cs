using System.Collections.Concurrent;

namespace Sweeps.Benchmarks.Orchestration;

/// <summary>How often each call was made, and how long answers took.</summary>
internal sealed class Calls(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Latencies> known = new();

    public IEnumerable<(string Name, Latencies Taken)> All =>
        known.OrderByDescending(each => each.Value.Count).Select(each => (each.Key, each.Value));

    public int Count => known.Values.Sum(each => each.Count);

    public void Forget() => known.Clear();

    public async Task<T> AskAsync<T>(string name, Func<Task<T>> call)
    {
        long start = time.GetTimestamp();
        T answer = await call().ConfigureAwait(false);
        var latencies = known.GetOrAdd(name, _ => new());
        lock (latencies) latencies.Add(time.GetElapsedTime(start));
        return answer;
    }
}
