using Sweeps.Compute.Kernels.Rates;

namespace Sweeps.Client.Measuring;

/// <summary>
/// Rounds of short slices: peak, first kernel, peak, second kernel and so on, again and again until the time is over, so that the peak and a kernel
/// meet the same clock frequency and the same neighbours.
/// </summary>
/// <remarks>
/// The figure is the best of the rounds. What disturbs a measurement (another process, a frequency that has not risen yet, code that is not fully
/// compiled yet) only ever slows it, and a median would tell of the neighbours on a shared machine. A fraction is the best of the kernel over the best
/// of the peak; the peak has more slices to be lucky in, so the fraction does not flatter the kernel.
/// </remarks>
internal sealed class MeasuringRounds(KernelRates rates, TimeProvider clock)
{
    private const int MaximumRounds = 200;
    private const long MaximumRuns = 1 << 20;
    private const int MaximumWarmUps = 64;

    // Long beside the start of threads, short beside the pauses that a shared machine leaves.
    private static readonly TimeSpan SliceLength = TimeSpan.FromMilliseconds(80);

    private readonly IKernelRate[] all = [rates.Peak, .. rates.Kernels];

    /// <param name="count">How many threads.</param>
    /// <param name="budget">Time for the rounds; no round begins that would not fit, but the first.</param>
    /// <param name="report">Told of each finished round, and the share of the budget that is spent.</param>
    /// <param name="interruption">Looked at between runs.</param>
    /// <exception cref="OutOfMemoryException">The work of so many threads takes more memory than there is.</exception>
    /// <exception cref="OperationCanceledException">The user interrupted.</exception>
    public ThreadFigures Measure(int count, TimeSpan budget, Action<double> report, CancellationToken interruption)
    {
        long begin = clock.GetTimestamp();
        using var threads = new MeasuringThreads(all, count, clock, interruption);
        long[] runs = [.. all.Select((_, rate) => RunsOfSlice(threads, rate))];
        var best = new double[all.Length];
        int rounds = 0;
        TimeSpan spent, round = TimeSpan.Zero;
        do
        {
            long start = clock.GetTimestamp();
            for (int kernel = 1; kernel < all.Length; kernel++)
            {
                Take(0);
                Take(kernel);
            }
            rounds++;
            round = clock.GetElapsedTime(start);
            spent = clock.GetElapsedTime(begin);
            report(Math.Min(1, spent / budget));
        }
        while (spent + round <= budget && rounds < MaximumRounds);
        return new(count, rounds, best[0], [.. best[1..]]);

        void Take(int rate) => best[rate] = Math.Max(best[rate], threads.Measure(rate, runs[rate]).PerSecond / all[rate].UnitSize);
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
        return run > TimeSpan.Zero ? Math.Clamp((long)Math.Round(SliceLength / run), 1, MaximumRuns) : MaximumRuns;
    }
}
