using Sweeps.Simulation.Faults;

namespace Sweeps.Simulation;

/// <summary>Runs seeds, and tells of the first that shows something that must not be.</summary>
internal static class SeedRun
{
    private const int LastSteps = 40;

    /// <summary>Runs seeds side by side.</summary>
    /// <returns>The lowest seed that failed; null if none did.</returns>
    public static long? FirstFailure(int count, PlantedBug bug = PlantedBug.None)
    {
        long first = long.MaxValue, next = -1;
        Thread[] threads = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(Work))];
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        return first == long.MaxValue ? null : first;

        // Threads of their own: continuations must run where they are, and not in a test framework's context.
        void Work()
        {
            for (long seed; (seed = Interlocked.Increment(ref next)) < Math.Min(count, Volatile.Read(ref first));)
            {
                if (new Cluster(seed, bug).Run() is null) continue;
                for (long known; seed < (known = Volatile.Read(ref first));) Interlocked.CompareExchange(ref first, seed, known);
            }
        }
    }

    /// <summary>What went wrong, with the last steps before it.</summary>
    public static string Describe(long seed, PlantedBug bug = PlantedBug.None, int lastSteps = LastSteps)
    {
        var cluster = new Cluster(seed, bug, traced: true);
        string? violation = null;
        var thread = new Thread(() => violation = cluster.Run());
        thread.Start();
        thread.Join();
        return FormattableString.Invariant($"seed {seed}: {violation ?? "all is well"}\n")
            + string.Join('\n', cluster.Trace!.TakeLast(lastSteps))
            + FormattableString.Invariant($"\nSWEEPS_SEED={seed} dotnet test tests/Simulation --filter Replay replays it with its whole trace");
    }
}
