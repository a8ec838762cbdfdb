using Sweeps.Dashboard.Display;
using Sweeps.Dashboard.Hosting;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Leases;

namespace Sweeps.Dashboard.Status;

/// <summary>Why a sweep cannot do what it is asked, for people: one sentence with the remedy.</summary>
internal static class RefusedRequest
{
    /// <param name="server">Asked for counts where the remedy needs them.</param>
    /// <param name="id">The sweep, as the user named it.</param>
    /// <param name="reason">What the server said.</param>
    /// <param name="asked">What was asked.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<string> SentenceAsync(
        ISweepServer server, string id, Refusal reason, SweepRequest asked, CancellationToken cancellation) =>
        (reason, asked) is (Refusal.OverBudget, SweepRequest.Resume)
            ? await OverBudgetAsync(server, id, cancellation).ConfigureAwait(false)
            : reason is Refusal.Cancelled && server is LocalSweepServer { ResumeLine: { } resume }
                ? $"the run of {id} was ended, and finished chunks are safe; go on with: {resume}"
                : Sentence(id, reason, Done(asked));

    /// <summary>A number alone begins no sentence.</summary>
    public static string Called(string id) => id.All(char.IsAsciiDigit) ? $"sweep {id}" : id;

    private static string Done(SweepRequest asked) => asked switch
    {
        SweepRequest.Pause => "paused",
        SweepRequest.Resume => "resumed",
        SweepRequest.Cancel => "cancelled",
        _ => "extended",
    };

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

    private static async Task<string> OverBudgetAsync(ISweepServer server, string id, CancellationToken cancellation)
    {
        if (await server.FindAsync(id, cancellation).ConfigureAwait(false) is not { } sweep)
            return await UnknownSweep.SentenceAsync(server, id, cancellation).ConfigureAwait(false);
        long failed = sweep.Progress.PointsFailed;
        return $"{Called(id)} cannot go on: {Numbers.Counted(failed, "point")} failed, which is more than may; look why with "
            + $"'sweeps status {id}', or let more fail with: sweeps resume {id} --budget {FailureBudget.Of(sweep.Points, failed)}";
    }
}
