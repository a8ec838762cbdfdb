using Sweeps.Silo.Shell;

namespace Sweeps.Silo.Tests.Shell;

public class DrainSignalsTests
{
    [Fact]
    public async Task The_first_signal_drains_and_the_second_ends_the_process_at_once()
    {
        List<int> exits = [];
        using var signals = new DrainSignals(exits.Add);
        var drained = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var told = signals.Token.Register(drained.SetResult);

        signals.Hear();
        await drained.Task.WaitAsync(Journal.Deadline);
        Assert.Empty(exits);

        signals.Hear();
        Assert.Equal([ExitCode.Interrupted], exits);
    }
}
