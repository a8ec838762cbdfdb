using Sweeps.Grains.Workers;

namespace Sweeps.Grains.Tests.Workers;

public sealed class ParallelLoopTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Nested_loops_run_every_index_once_on_no_more_threads_than_there_are(int threads)
    {
        using var loop = new ParallelLoop(threads);
        int[] counts = new int[20 * 30 * 5];
        int running = 0, most = 0;
        loop.For(20, i => loop.For(30, j => loop.For(5, k =>
        {
            int now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            Interlocked.Increment(ref counts[(i * 30 + j) * 5 + k]);
            Interlocked.Decrement(ref running);
        })));
        Assert.All(counts, count => Assert.Equal(1, count));
        Assert.InRange(most, 1, threads);
    }

    [Fact]
    public void The_first_exception_is_thrown_as_it_is()
    {
        using var loop = new ParallelLoop(4);
        var thrown = Assert.Throws<ArithmeticException>(() => loop.For(100, i => _ = i == 17 ? throw new ArithmeticException("17") : 0));
        Assert.Equal("17", thrown.Message);
        int ran = 0;
        loop.For(10, _ => Interlocked.Increment(ref ran));
        Assert.Equal(10, ran);
    }

    [Fact]
    public void All_threads_take_part_in_one_loop()
    {
        using var loop = new ParallelLoop(3);
        using var meeting = new Barrier(3);
        loop.For(3, _ => meeting.SignalAndWait()); // one thread alone would wait here for ever
        Assert.Equal(1, meeting.CurrentPhaseNumber);
    }

    private static void InterlockedMax(ref int place, int value)
    {
        for (int seen = Volatile.Read(ref place); value > seen; seen = Volatile.Read(ref place))
            Interlocked.CompareExchange(ref place, value, seen);
    }
}
