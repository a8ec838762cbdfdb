using Sweeps.Client.Shell;
using Sweeps.Dashboard.Display;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Leases;
using Sweeps.Grains.Specs;

namespace Sweeps.Client.Cluster;

/// <summary>Requests to a sweep on a cluster, and what their answers come to: a sentence and an exit code.</summary>
internal sealed class SweepRequests(Terminal terminal, ISweepServer server)
{
    public async Task<int> PauseAsync(string id, CancellationToken interruption) => await AnswerAsync(
        id, await server.PauseAsync(id, interruption).ConfigureAwait(false), "paused",
        $"{Called(id)} is paused: chunks in hand end, no others begin; go on with: sweeps resume {id}", interruption).ConfigureAwait(false);

    /// <param name="id">The sweep.</param>
    /// <param name="budget">Points that may fail from now on, those that did included; null for as many as before.</param>
    /// <param name="interruption">Ends the wait.</param>
    public async Task<int> ResumeAsync(string id, long? budget, CancellationToken interruption) => await AnswerAsync(
        id, await server.ResumeAsync(id, budget, interruption).ConfigureAwait(false), "resumed",
        $"{Called(id)} goes on; see how with: sweeps watch {id}", interruption).ConfigureAwait(false);

    public async Task<int> CancelAsync(string id, CancellationToken interruption) => await AnswerAsync(
        id, await server.CancelAsync(id, interruption).ConfigureAwait(false), "cancelled",
        $"{Called(id)} is cancelled; the rows that it has stay, see: sweeps status {id}", interruption).ConfigureAwait(false);

    /// <param name="id">The sweep.</param>
    /// <param name="from">Hash of its spec, as it was compared.</param>
    /// <param name="spec">The larger one.</param>
    /// <param name="done">What to say if it is done.</param>
    /// <param name="interruption">Ends the wait.</param>
    public async Task<int> ExtendAsync(string id, string from, SweepSpec spec, string done, CancellationToken interruption) =>
        await AnswerAsync(
            id, await server.ExtendAsync(id, from, spec, interruption).ConfigureAwait(false), "extended", done, interruption)
            .ConfigureAwait(false);

    private async Task<int> AnswerAsync(string id, ServerAnswer answer, string asked, string done, CancellationToken interruption)
    {
        switch (answer)
        {
            case ServerAnswer.Done:
                terminal.Say(done);
                return ExitCode.Done;
            case ServerAnswer.Unknown:
                return terminal.Refuse(await UnknownSweep.SentenceAsync(server, id, interruption).ConfigureAwait(false));
            case ServerAnswer.Refused { Reason: Refusal.OverBudget } when asked == "resumed":
                return terminal.Refuse(await OverBudgetAsync(id, interruption).ConfigureAwait(false));
            case ServerAnswer.Refused { Reason: var reason }:
                return terminal.Refuse(Sentence(id, reason, asked));
            default:
                throw new InvalidOperationException($"no such answer: {answer}");
        }
    }

    private static string Sentence(string id, Refusal reason, string asked) => reason switch
    {
        Refusal.Cancelled => $"{Called(id)} was cancelled; submit it again",
        Refusal.Completed => $"{Called(id)} is complete, and cannot be {asked}; see its dataset with: sweeps status {id}",
        Refusal.Paused => $"{Called(id)} is paused, and cannot be {asked} now; go on with: sweeps resume {id}",
        Refusal.OverBudget => $"{Called(id)} has stopped by itself, for too many points failed, and cannot be {asked}; "
            + $"'sweeps status {id}' tells why",
        Refusal.PlanChanged => $"{Called(id)} has been extended by somebody else since it was looked at; look again with "
            + $"'sweeps status {id}'",
        _ => $"{Called(id)} is busy and cannot be {asked} at this moment; see why with 'sweeps status {id}', and ask again",
    };

    // A number alone begins no sentence.
    private static string Called(string id) => id.All(char.IsAsciiDigit) ? $"sweep {id}" : id;

    private async Task<string> OverBudgetAsync(string id, CancellationToken interruption)
    {
        if (await server.FindAsync(id, interruption).ConfigureAwait(false) is not { } sweep)
            return await UnknownSweep.SentenceAsync(server, id, interruption).ConfigureAwait(false);
        long failed = sweep.Progress.PointsFailed;
        return $"{Called(id)} cannot go on: {Numbers.Counted(failed, "point")} failed, which is more than may; look why with "
            + $"'sweeps status {id}', or let more fail with: sweeps resume {id} --budget {FailureBudget.Of(sweep.Points, failed)}";
    }
}
