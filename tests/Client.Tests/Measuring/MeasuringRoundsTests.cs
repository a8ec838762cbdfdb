using Sweeps.Client.Measuring;
using Sweeps.Compute.Kernels.Rates;

namespace Sweeps.Client.Tests.Measuring;

public class MeasuringRoundsTests
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(2);

    private readonly ManualClock clock = new();

    private static TimeSpan Milliseconds(double count) => TimeSpan.FromMilliseconds(count);

    private FakeRate Peak(Action<long>? before = null) =>
        new("peak", clock, 1_000_000_000, Milliseconds(10)) { Before = before ?? (_ => { }) };

    private ThreadFigures Measure(IKernelRate peak, IKernelRate[] kernels, int threads = 1, CancellationToken interruption = default) =>
        new MeasuringRounds(new(peak, [.. kernels]), clock).Measure(threads, Budget, _ => { }, interruption);

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void A_rate_is_the_work_of_all_threads_over_the_time_from_the_first_start_to_the_last_end(int threads)
    {
        FakeRate peak = Peak(), kernel = new("kernel", clock, 3_000_000_000, Milliseconds(20)) { FractionName = "fraction" };
        FakeRate other = new("other", clock, 7, Milliseconds(0.5)) { Unit = "things/s", UnitSize = 1 };

        var figures = Measure(peak, [kernel, other], threads);

        // The clock stands still but for the runs, one after the other: so many threads take so many times as long.
        Assert.Equal(threads, figures.Threads);
        Assert.Equal(100, figures.Peak, 1e-9);
        Assert.Equal(150, figures.Kernels[0].Rate, 1e-9);
        Assert.Equal(1.5, figures.Kernels[0].Fraction!.Value, 1e-9);
        Assert.Equal(14_000, figures.Kernels[1].Rate, 1e-6);
        Assert.Null(figures.Kernels[1].Fraction);
    }

    [Fact]
    public void The_peak_is_measured_before_and_after_every_kernel()
    {
        List<char> slices = [];
        Action<long> Note(char letter) => _ => slices.Add(letter);
        FakeRate first = new("first", clock, 1, Milliseconds(40)) { Before = Note('a') };
        FakeRate second = new("second", clock, 1, Milliseconds(40)) { Before = Note('b') };
        FakeRate peak = new("peak", clock, 1, Milliseconds(40)) { Before = Note('P') };

        var figures = Measure(peak, [first, second]);

        const string WarmUp = "PPaabb", Round = "PaPbP";
        Assert.True(figures.Rounds > 1);
        Assert.Equal(WarmUp + string.Concat(Enumerable.Repeat(Round, figures.Rounds)), string.Concat(slices));
    }

    [Fact]
    public void A_rate_is_the_best_of_the_rounds_and_its_fraction_the_median()
    {
        // Two runs to warm up, then two runs a slice: of every three slices one is disturbed.
        FakeRate kernel = new("kernel", clock, 1_000_000_000, Milliseconds(20))
        {
            FractionName = "fraction",
            Delay = run => run > 2 && (run - 3) / 2 % 3 == 1 ? 4 : 1,
        };

        var figures = Measure(Peak(), [kernel]);

        Assert.True(figures.Rounds >= 3);
        Assert.Equal(50, figures.Kernels[0].Rate, 1e-9);
        Assert.Equal(0.5, figures.Kernels[0].Fraction!.Value, 1e-9);
    }

    [Fact]
    public void Neighbours_that_slow_kernel_and_peak_alike_do_not_change_the_fraction()
    {
        // Each takes three times as long from some moment on; best over best would set the peak of before against the kernel of after.
        double Slowness() => clock.GetElapsedTime(0) > Milliseconds(100) ? 3 : 1;
        FakeRate peak = new("peak", clock, 1_000_000_000, Milliseconds(10)) { Delay = _ => Slowness() };
        FakeRate kernel = new("kernel", clock, 1_000_000_000, Milliseconds(25)) { Delay = _ => Slowness(), FractionName = "fraction" };

        Assert.Equal(0.4, Measure(peak, [kernel]).Kernels[0].Fraction!.Value, 1e-9);
    }

    [Fact]
    public void Rounds_end_within_the_budget_but_the_first_is_always_whole()
    {
        FakeRate kernel = new("kernel", clock, 1_000_000_000, Milliseconds(35)) { FractionName = "fraction" };
        Measure(Peak(), [kernel]);
        Assert.InRange(clock.GetElapsedTime(0), Budget * 0.8, Budget);

        FakeRate slow = new("slow", clock, 1_000_000_000, 3 * Budget) { FractionName = "fraction" };
        var figures = Measure(Peak(), [slow]);
        Assert.Equal(1, figures.Rounds);
        Assert.Equal(1 / (3 * Budget.TotalSeconds), figures.Kernels[0].Rate, 1e-9);
    }

    [Fact]
    public void Each_thread_has_work_of_its_own_and_gives_it_back()
    {
        FakeRate peak = Peak(), kernel = new("kernel", clock, 1, Milliseconds(1));
        Measure(peak, [kernel], threads: 3);
        foreach (var rate in new[] { peak, kernel })
        {
            Assert.Equal([(0, 3), (1, 3), (2, 3)], rate.Prepared.Order());
            Assert.Equal([0, 1, 2], rate.Disposed.Order());
        }
    }

    [Fact]
    public void An_interruption_stops_between_two_runs()
    {
        using var interruption = new CancellationTokenSource();
        FakeRate kernel = new("kernel", clock, 1, Milliseconds(1)) { Before = run => { if (run == 5) interruption.Cancel(); } };
        Assert.Throws<OperationCanceledException>(() => Measure(Peak(), [kernel], threads: 2, interruption.Token));
        Assert.Equal([0, 1], kernel.Disposed.Order());
    }

    [Fact]
    public void What_a_thread_throws_is_thrown_to_the_caller_and_no_thread_is_left()
    {
        FakeRate kernel = new("kernel", clock, 1, Milliseconds(1))
        {
            Before = run => { if (run == 5) throw new ArithmeticException("five"); },
        };
        Assert.Equal("five", Assert.Throws<ArithmeticException>(() => Measure(Peak(), [kernel], threads: 2)).Message);
        Assert.Equal([0, 1], kernel.Disposed.Order());

        FakeRate heavy = new("heavy", clock, 1, Milliseconds(1))
        {
            Preparing = thread => { if (thread == 1) throw new InsufficientMemoryException(); },
        };
        Assert.Throws<InsufficientMemoryException>(() => Measure(Peak(), [heavy], threads: 3));
        Assert.Equal([0, 2], heavy.Disposed.Order());
    }
}
