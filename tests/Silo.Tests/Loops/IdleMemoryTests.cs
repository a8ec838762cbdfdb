using Sweeps.Silo.Loops;

namespace Sweeps.Silo.Tests.Loops;

public class IdleMemoryTests
{
    [Fact]
    public void Memory_is_given_back_once_when_all_work_has_been_over_for_a_moment_and_never_during_work()
    {
        var (time, given) = (new ManualTime(), 0);
        using var memory = new IdleMemory(time, () => given++);
        var workload = new Workload(time, memory);
        IDisposable first = workload.Begin(), second = workload.Begin();
        time.Advance(TimeSpan.FromHours(1));
        first.Dispose();
        time.Advance(TimeSpan.FromHours(1));
        second.Dispose();
        time.Advance(IdleMemory.Pause - TimeSpan.FromSeconds(1));
        using (workload.Begin()) time.Advance(IdleMemory.Pause);
        Assert.Equal(0, given);

        time.Advance(IdleMemory.Pause);
        Assert.Equal(1, given);
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, given);
    }
}
