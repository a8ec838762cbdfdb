using Sweeps.Grains.Hosts;
using Sweeps.Grains.Leases;
using Sweeps.Silo.Datasets;
using Sweeps.Silo.Shell;
using static Sweeps.Silo.Tests.Loops.RunningSilo;

namespace Sweeps.Silo.Tests.Loops;

/// <summary>What datasets need as a whole, and the term under which it is done.</summary>
public class DatasetJobTests
{
    private static readonly DatasetJob Job = new DatasetJob.Prepare(A, 7);
    private static readonly LedgerHoldings Holdings = new([], [], 12, 0);

    [Fact]
    public async Task A_job_is_done_and_its_holdings_are_told()
    {
        await using var silo = new RunningSilo
        {
            Datasets = { Does = (_, _) => Task.FromResult<DatasetJobResult>(new DatasetJobResult.Done(Holdings)) },
        };
        silo.Server.Jobs.Enqueue(Job);
        silo.Start();
        await silo.Journal.UntilAsync("end a-1 12");
        Assert.Contains("do Prepare a-1", silo.Journal.Events);
    }

    [Fact]
    public async Task The_term_is_renewed_while_the_work_goes_on()
    {
        var work = new TaskCompletionSource<DatasetJobResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var silo = new RunningSilo { Datasets = { Does = (_, _) => work.Task } };
        silo.Server.Jobs.Enqueue(Job);
        silo.Start();
        await silo.AdvanceUntilAsync("renew", 5);
        Assert.Null(silo.Health.Stuck);
        work.SetResult(new DatasetJobResult.Done(Holdings));
        await silo.AdvanceUntilAsync("end a-1 12");
    }

    [Fact]
    public async Task A_job_that_cannot_be_done_is_given_back_with_the_reason()
    {
        await using var silo = new RunningSilo
        {
            Datasets = { Does = (job, _) => job.Epoch == 7
                ? Task.FromResult<DatasetJobResult>(new DatasetJobResult.Refused("foreign folder")) : throw new IOException("disk full") },
        };
        silo.Server.Jobs.Enqueue(Job);
        silo.Server.Jobs.Enqueue(new DatasetJob.Prepare(B, 8));
        silo.Start();
        await silo.AdvanceUntilAsync("fail a-1: foreign folder");
        await silo.AdvanceUntilAsync("fail b-2: disk full");
        Assert.DoesNotContain(silo.Journal.Events, each => each.StartsWith("end", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_term_that_is_lost_ends_the_work_and_nothing_is_told_of_it()
    {
        await using var silo = new RunningSilo { Server = { RenewsTerm = false }, Datasets = { Does = UntilCancelledAsync } };
        silo.Server.Jobs.Enqueue(Job);
        silo.Start();
        await silo.AdvanceUntilAsync("log 15: dataset of a-1: prepare is another silo's now; stopped");
        silo.Drain();
        Assert.Equal(ExitCode.Done, await silo.Life);
        Assert.DoesNotContain(silo.Journal.Events, each =>
            each.StartsWith("end", StringComparison.Ordinal) || each.StartsWith("fail", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_result_waits_for_a_server_that_is_away()
    {
        var work = new TaskCompletionSource<DatasetJobResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var silo = new RunningSilo { Datasets = { Does = (_, _) => work.Task } };
        silo.Server.Jobs.Enqueue(Job);
        silo.Start();
        await silo.Journal.UntilAsync("do Prepare a-1");
        silo.Server.Away = "no route";
        work.SetResult(new DatasetJobResult.Done(Holdings));
        await silo.AdvanceUntilAsync(events => events.Any(each => each.StartsWith("log 3", StringComparison.Ordinal)));
        silo.Server.Away = null;
        await silo.AdvanceUntilAsync("end a-1 12");
    }

    [Fact]
    public async Task A_drain_lets_a_job_finish_within_the_grace_time_and_then_stops_it()
    {
        await using var silo = new RunningSilo();
        silo.Datasets.Does = async (job, cancellation) =>
        {
            await using var told = cancellation.Register(() => silo.Journal.Add("stopped"));
            return await UntilCancelledAsync(job, cancellation);
        };
        silo.Server.Jobs.Enqueue(Job);
        silo.Start();
        await silo.Journal.UntilAsync("do Prepare a-1");
        silo.Drain();
        await silo.Time.UntilArmedAsync(TimeSpan.FromSeconds(30));
        silo.Time.Advance(TimeSpan.FromSeconds(29.9));
        Assert.False(silo.Life.IsCompleted);
        Assert.DoesNotContain("stopped", silo.Journal.Events);
        silo.Time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(ExitCode.Done, await silo.Life);
        Assert.Contains("stopped", silo.Journal.Events);
        Assert.Contains("leave", silo.Journal.Events);
    }

    private static async Task<DatasetJobResult> UntilCancelledAsync(DatasetJob job, CancellationToken cancellation)
    {
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var ending = cancellation.Register(over.SetResult);
        await over.Task.WaitAsync(Journal.Deadline, CancellationToken.None);
        throw new OperationCanceledException(cancellation);
    }
}
