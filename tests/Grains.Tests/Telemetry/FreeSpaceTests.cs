using Sweeps.Grains.Telemetry;

namespace Sweeps.Grains.Tests.Telemetry;

/// <summary>The room in a folder, also in one that is away.</summary>
public class FreeSpaceTests
{
    [Fact]
    public void A_folder_has_room_until_it_is_away_and_again_when_it_is_back()
    {
        var folder = Directory.CreateTempSubdirectory("sweeps-room-");
        try
        {
            var room = new FreeSpace(folder.FullName);
            Assert.True(room.Read() > 0);
            folder.Delete();
            Assert.Null(room.Read());
            folder.Create();
            Assert.True(room.Read() > 0);
        }
        finally
        {
            folder.Delete();
        }
    }

    [Fact]
    public async Task A_file_system_that_does_not_answer_holds_up_nobody_twice()
    {
        using var isBack = new ManualResetEventSlim();
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int asked = 0;
        var room = new FreeSpace(() =>
        {
            if (Interlocked.Increment(ref asked) > 1) return 7;
            isBack.Wait();
            answered.SetResult();
            return 5;
        });
        Assert.Null(room.Read());
        Assert.Null(room.Read());
        Assert.Equal(1, Volatile.Read(ref asked));
        isBack.Set();
        await answered.Task;
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1), TimeProvider.System);
        long? free;
        // The question is over a moment after its answer.
        while ((free = room.Read()) is null) deadline.Token.ThrowIfCancellationRequested();
        Assert.Equal(7, free);
    }

    [Fact]
    public async Task Whoever_asks_while_an_earlier_question_is_open_does_not_wait_for_it()
    {
        using var isBack = new ManualResetEventSlim();
        var isAsked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var room = new FreeSpace(
            () =>
            {
                isAsked.SetResult();
                isBack.Wait();
                return 5;
            },
            Timeout.InfiniteTimeSpan);
        var first = Task.Run(room.Read);
        await isAsked.Task;
        Assert.Null(await Task.Run(room.Read).WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.False(first.IsCompleted);
        isBack.Set();
        Assert.Equal(5, await first);
    }

    [Fact]
    public void What_is_no_fault_of_the_folder_is_not_hidden()
    {
        var room = new FreeSpace(() => throw new InvalidOperationException("a mistake"));
        Assert.Throws<AggregateException>(() => room.Read());
    }
}
