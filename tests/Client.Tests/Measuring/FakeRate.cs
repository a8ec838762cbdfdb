using System.Collections.Concurrent;
using Sweeps.Compute.Kernels.Rates;

namespace Sweeps.Client.Tests.Measuring;

/// <summary>Work that takes as long as it is told, by a clock of its own making: each run moves the clock on.</summary>
internal sealed class FakeRate(string name, ManualClock clock, long units, TimeSpan length) : IKernelRate
{
    private long runs;

    public string Name => name;

    public string Description => $"the {name}";

    public string Unit { get; init; } = "GFLOP/s";

    public double UnitSize { get; init; } = 1e9;

    public string? FractionName { get; init; }

    /// <summary>Called before each run, with its number from 1.</summary>
    public Action<long> Before { get; init; } = _ => { };

    /// <summary>Called before each preparation, with the thread.</summary>
    public Action<int> Preparing { get; init; } = _ => { };

    /// <summary>How much longer than usual a run takes, by its number.</summary>
    public Func<long, double> Delay { get; init; } = _ => 1;

    public ConcurrentBag<(int Thread, int Threads)> Prepared { get; } = [];

    public ConcurrentBag<int> Disposed { get; } = [];

    public IKernelWork Prepare(int thread, int threads)
    {
        Preparing(thread);
        Prepared.Add((thread, threads));
        return new Work(this, thread);
    }

    private sealed class Work(FakeRate rate, int thread) : IKernelWork
    {
        public long UnitsOfWork => rate.Units;

        public void Run()
        {
            long run = Interlocked.Increment(ref rate.runs);
            rate.Before(run);
            rate.Clock.Advance(rate.Length * rate.Delay(run));
        }

        public void Dispose() => rate.Disposed.Add(thread);
    }

    private long Units { get; } = units;

    private ManualClock Clock { get; } = clock;

    private TimeSpan Length { get; } = length;
}
