using System.Runtime.ExceptionServices;
using Sweeps.Compute.Kernels.Rates;

namespace Sweeps.Client.Measuring;

/// <summary>
/// Threads that start together, each with work of its own for every rate, and the time from the first start to the last end. One caller at
/// a time.
/// </summary>
internal sealed class MeasuringThreads : IDisposable
{
    private readonly IReadOnlyList<IKernelRate> rates;
    private readonly TimeProvider clock;
    private readonly CancellationToken interruption;
    private readonly Thread[] threads;
    private readonly Barrier barrier;
    private readonly long[] started;
    private readonly long[] ended;
    private readonly double[,] units;
    private ExceptionDispatchInfo? failure;
    private (int Rate, long Runs) task;
    private bool over;

    /// <exception cref="OutOfMemoryException">The work of so many threads takes more memory than there is.</exception>
    public MeasuringThreads(IReadOnlyList<IKernelRate> rates, int count, TimeProvider clock, CancellationToken interruption)
    {
        (this.rates, this.clock, this.interruption) = (rates, clock, interruption);
        (started, ended, units) = (new long[count], new long[count], new double[count, rates.Count]);
        barrier = new Barrier(count + 1);
        threads = [.. Enumerable.Range(0, count)
            .Select(i => new Thread(() => Live(i)) { IsBackground = true, Name = $"sweeps bench {i + 1}" })];
        foreach (var thread in threads) thread.Start();
        barrier.SignalAndWait(CancellationToken.None);
        if (failure is null) return;
        Dispose();
        failure.Throw();
    }

    /// <summary>Every thread does its work for one rate <paramref name="runs"/> times.</summary>
    /// <exception cref="OperationCanceledException">The user interrupted; the threads have stopped.</exception>
    public Slice Measure(int rate, long runs)
    {
        interruption.ThrowIfCancellationRequested();
        task = (rate, runs);
        barrier.SignalAndWait(CancellationToken.None);
        barrier.SignalAndWait(CancellationToken.None);
        interruption.ThrowIfCancellationRequested();
        failure?.Throw();
        double work = 0;
        for (int i = 0; i < threads.Length; i++) work += runs * units[i, rate];
        return new(work, clock.GetElapsedTime(started.Min(), ended.Max()));
    }

    public void Dispose()
    {
        over = true;
        barrier.SignalAndWait(CancellationToken.None);
        foreach (var thread in threads) thread.Join();
        barrier.Dispose();
    }

    private void Live(int index)
    {
        List<IKernelWork> works = [];
        Try(() =>
        {
            for (int rate = 0; rate < rates.Count; rate++)
            {
                works.Add(rates[rate].Prepare(index, threads.Length));
                units[index, rate] = works[rate].UnitsOfWork;
            }
        });
        barrier.SignalAndWait(CancellationToken.None);
        while (true)
        {
            barrier.SignalAndWait(CancellationToken.None);
            if (over) break;
            Try(() => Run(works[task.Rate], index));
            barrier.SignalAndWait(CancellationToken.None);
        }
        foreach (var work in works) work.Dispose();
    }

    private void Run(IKernelWork work, int index)
    {
        started[index] = clock.GetTimestamp();
        for (long run = 0; run < task.Runs && !interruption.IsCancellationRequested; run++) work.Run();
        ended[index] = clock.GetTimestamp();
    }

    // A thread that fails still comes to the barrier; the caller throws in its stead.
    private void Try(Action action)
    {
        try
        {
            action();
        }
#pragma warning disable CA1031 // Thrown again on the caller's thread.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(thrown), null);
        }
    }
}
