using Sweeps.Compute.Kernels.Rates;

namespace Sweeps.Client.Measuring;

/// <summary>
/// Rounds of short slices: peak, first kernel, peak, second kernel, and so on to a last peak, again and again until the time is over.
/// </summary>
/// <remarks>
/// A rate is the best of the rounds: what disturbs a measurement (another process, a frequency that has not risen yet, code that is not
/// fully compiled yet) only ever slows it, and a median would tell of the neighbours on a shared machine. A fraction of the peak is the
/// median over the rounds of the kernel's slice over the two slices of the peak around it: those three met the same neighbours and the same
/// frequency. The quotient of the two best would set the luckiest of many short slices of the peak against the luckiest of fewer and longer
/// ones of the kernel; on a quiet machine the two agree.
/// </remarks>
internal sealed class MeasuringRounds(KernelRates rates, TimeProvider clock)
{
    private const int Peak = 0;
    private const int MaximumRounds = 1000;
    private const long MaximumRuns = 1 << 20;
    private const int MaximumWarmUps = 64;

    // Long beside the start of threads, short beside the pauses that a shared machine leaves.
    private static readonly TimeSpan SliceLength = TimeSpan.FromMilliseconds(40);

    private readonly IKernelRate[] all = [rates.Peak, .. rates.Kernels];

    /// <param name="count">How many threads.</param>
    /// <param name="budget">Time for the rounds; no round begins that would not fit, but the first.</param>
    /// <param name="report">Told after each round the share of the budget that is spent, at most 1.</param>
    /// <param name="interruption">Looked at between runs.</param>
    /// <exception cref="OutOfMemoryException">The work of so many threads takes more memory than there is.</exception>
    /// <exception cref="OperationCanceledException">The user interrupted.</exception>
    public ThreadFigures Measure(int count, TimeSpan budget, Action<double> report, CancellationToken interruption)
    {
        interruption.ThrowIfCancellationRequested();
        long begin = clock.GetTimestamp();
        using var threads = new MeasuringThreads(all, count, clock, interruption);
        long[] runs = [.. all.Select((_, rate) => RunsOfSlice(threads, rate))];
        RoundFigures[] kernels = [.. rates.Kernels.Select(_ => new RoundFigures())];
        var peak = new RoundFigures();
        int rounds = 0;
        TimeSpan spent, round;
        do
        {
            long start = clock.GetTimestamp();
            Slice before = threads.Measure(Peak, runs[Peak]);
            peak.Add(before);
            for (int kernel = 0; kernel < kernels.Length; kernel++)
            {
                Slice slice = threads.Measure(kernel + 1, runs[kernel + 1]), after = threads.Measure(Peak, runs[Peak]);
                peak.Add(after);
                kernels[kernel].Add(slice, before + after);
                before = after;
            }
            rounds++;
            round = clock.GetElapsedTime(start);
            spent = clock.GetElapsedTime(begin);
            report(Math.Min(1, spent / budget));
        }
        while (spent + round <= budget && rounds < MaximumRounds);
        return new(count, rounds, peak.Best / rates.Peak.UnitSize,
            [.. kernels.Zip(rates.Kernels, (figures, rate) => new KernelFigure(
                figures.Best / rate.UnitSize, rate.FractionName is null ? null : figures.MedianFraction()))]);
    }

    /// <summary>Warms up for the length of a slice, twice at least, and says how many runs one takes.</summary>
    private static long RunsOfSlice(MeasuringThreads threads, int rate)
    {
        var spent = TimeSpan.Zero;
        var run = TimeSpan.Zero;
        for (int i = 0; i < 2 || (spent < SliceLength && i < MaximumWarmUps); i++)
        {
            run = threads.Measure(rate, 1).Elapsed;
            spent += run;
        }
        return run > TimeSpan.Zero ? Math.Clamp((long)Math.Round(SliceLength / run), 1, MaximumRuns) : 1;
    }
}
