using Sweeps.Client.Shell;
using Sweeps.Dashboard.Status;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Specs;

namespace Sweeps.Client.Cluster;

/// <summary>Requests to a sweep on a cluster, and what their answers come to: a sentence and an exit code.</summary>
internal sealed class SweepRequests(Terminal terminal, ISweepServer server)
{
    public async Task<int> PauseAsync(string id, CancellationToken interruption) => await AnswerAsync(
        id, await server.PauseAsync(id, interruption).ConfigureAwait(false), SweepRequest.Pause,
        $"{RefusedRequest.Called(id)} is paused: chunks in hand end, no others begin; go on with: sweeps resume {id}", interruption).ConfigureAwait(false);

    /// <param name="id">The sweep.</param>
    /// <param name="budget">Points that may fail from now on, those that did included; null for as many as before.</param>
    /// <param name="interruption">Ends the wait.</param>
    public async Task<int> ResumeAsync(string id, long? budget, CancellationToken interruption) => await AnswerAsync(
        id, await server.ResumeAsync(id, budget, interruption).ConfigureAwait(false), SweepRequest.Resume,
        $"{RefusedRequest.Called(id)} goes on; see how with: sweeps watch {id}", interruption).ConfigureAwait(false);

    public async Task<int> CancelAsync(string id, CancellationToken interruption) => await AnswerAsync(
        id, await server.CancelAsync(id, interruption).ConfigureAwait(false), SweepRequest.Cancel,
        $"{RefusedRequest.Called(id)} is cancelled; the rows that it has stay, see: sweeps status {id}", interruption).ConfigureAwait(false);

    /// <param name="id">The sweep.</param>
    /// <param name="from">Hash of its spec, as it was compared.</param>
    /// <param name="spec">The larger one.</param>
    /// <param name="done">What to say if it is done.</param>
    /// <param name="interruption">Ends the wait.</param>
    public async Task<int> ExtendAsync(string id, string from, SweepSpec spec, string done, CancellationToken interruption) =>
        await AnswerAsync(
            id, await server.ExtendAsync(id, from, spec, interruption).ConfigureAwait(false), SweepRequest.Extend, done, interruption)
            .ConfigureAwait(false);

    private async Task<int> AnswerAsync(string id, ServerAnswer answer, SweepRequest asked, string done, CancellationToken interruption)
    {
        switch (answer)
        {
            case ServerAnswer.Done:
                terminal.Say(done);
                return ExitCode.Done;
            case ServerAnswer.Unknown:
                return terminal.Refuse(await UnknownSweep.SentenceAsync(server, id, interruption).ConfigureAwait(false));
            case ServerAnswer.Refused { Reason: var reason }:
                return terminal.Refuse(await RefusedRequest.SentenceAsync(server, id, reason, asked, interruption).ConfigureAwait(false));
            default:
                throw new InvalidOperationException($"no such answer: {answer}");
        }
    }
}
