using Sweeps.Client.Running;
using Sweeps.Client.Shell;
using Sweeps.Dashboard.Display;
using Sweeps.Dashboard.Status;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Specs;

namespace Sweeps.Client.Cluster;

/// <summary>Shows how far a sweep on a cluster is, until it ends; the sweep itself does not notice.</summary>
internal sealed class SweepWatch(Terminal terminal, ISweepServer server)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    // However much happens to a sweep: nobody reads faster, and the server has other things to do.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(500);

    /// <returns>An <see cref="ExitCode"/>, as for a run here; some points are missing too if the sweep was cancelled.</returns>
    public async Task<int> WatchAsync(string id, CancellationToken interruption)
    {
        try
        {
            if (await server.FindAsync(id, interruption).ConfigureAwait(false) is not { } sweep)
                return terminal.Refuse(await UnknownSweep.SentenceAsync(server, id, interruption).ConfigureAwait(false));
            id = Shown.OneLine(sweep.Id);
            if (!sweep.State().HasEnded())
                sweep = await IProgressDisplay.For(terminal)
                    .ShowAsync(news => FollowAsync(sweep, news, interruption)).ConfigureAwait(false);
            return sweep is null
                ? terminal.Refuse($"{id} is no longer there; 'sweeps list --all' shows the sweeps that are")
                : Conclude(sweep, id);
        }
        catch (OperationCanceledException) when (interruption.IsCancellationRequested)
        {
            terminal.Say($"no longer watching; {id} goes on. Look again with: sweeps watch {id}");
            return ExitCode.Interrupted;
        }
        catch (ServerException gone)
        {
            terminal.Say($"{gone.Message.TrimEnd('.')}; silos go on without being watched, look again with: sweeps watch {id}");
            return ExitCode.MachineFailed;
        }
    }

    // Null if the sweep has gone altogether.
    private async Task<ServerSweep?> FollowAsync(ServerSweep sweep, IProgress<ProgressNews> news, CancellationToken interruption)
    {
        var patience = new ServerPatience(terminal.Clock);
        while (true)
        {
            news.Report(NewsOf(sweep, Reason(sweep) is { } reason ? $"{sweep.StateInWords()}: {reason}" : sweep.StateInWords()));
            if (sweep.State().HasEnded()) return sweep;
            await WaitAsync(sweep.Id, interruption).ConfigureAwait(false);
            var last = sweep;
            var next = await patience.AskAsync(
                () => server.FindAsync(last.Id, interruption),
                gone => news.Report(NewsOf(last, $"{gone.Message.TrimEnd('.')}, trying again")),
                interruption).ConfigureAwait(false);
            if (next is null) return null;
            sweep = next;
        }
    }

    private async Task WaitAsync(string id, CancellationToken interruption)
    {
        long before = terminal.Clock.GetTimestamp();
        try
        {
            await server.WaitForChangeAsync(id, LongestWait, interruption).ConfigureAwait(false);
        }
        catch (ServerException)
        {
            // Whoever asks next finds out whether it is still gone, and has the patience.
        }
        var left = ShortestPause - terminal.Clock.GetElapsedTime(before);
        if (left > TimeSpan.Zero) await Task.Delay(left, terminal.Clock, interruption).ConfigureAwait(false);
    }

    // What a sweep waits for, if silos have said so.
    private static string? Reason(ServerSweep sweep) =>
        sweep.State() is SweepState.Waiting or SweepState.Extending or SweepState.Merging && !sweep.Notes.IsEmpty
            ? Shown.OneLine(sweep.Notes[0])
            : null;

    private static ProgressNews NewsOf(ServerSweep sweep, string state)
    {
        var progress = sweep.Progress;
        string counts = ProgressText.Counts(
            sweep.Points, progress.PointsDone, progress.PointsFailed, sweep.PointsPerSecond, sweep.Remaining);
        return new(sweep.Points, progress.PointsDone + progress.PointsFailed, $"{counts}; {state}");
    }

    private int Conclude(ServerSweep sweep, string id)
    {
        string rows = $"{Numbers.Count(sweep.Progress.PointsDone)} rows";
        string failed = $"{Numbers.Counted(sweep.Progress.PointsFailed, "point")} failed";
        switch (sweep.State())
        {
            case SweepState.Complete:
                terminal.Say($"{id} is complete: {rows}; 'sweeps status {id}' says where they are");
                return ExitCode.Done;
            case SweepState.CompleteWithFailures:
                terminal.Say($"{id} is complete: {rows}, {failed}; 'sweeps status {id}' says where they are, and what failed");
                return ExitCode.SomePointsFailed;
            case SweepState.Stopped:
                terminal.Say($"{id} has stopped: {failed}, more than the {Numbers.Count(sweep.FailureBudget)} that may; "
                    + $"'sweeps status {id}' tells why, "
                    + $"'sweeps resume {id} --budget {FailureBudget.Of(sweep.Points, sweep.Progress.PointsFailed)}' goes on all the same");
                return ExitCode.SomePointsFailed;
            default:
                terminal.Say($"{id} was cancelled: {rows} of {Numbers.Count(sweep.Points)}; for the others, submit it again");
                return ExitCode.SomePointsFailed;
        }
    }
}
