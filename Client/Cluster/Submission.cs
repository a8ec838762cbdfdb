using Sweeps.Client.Shell;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Specs;

namespace Sweeps.Client.Cluster;

/// <summary>One submission, sent again if the server is gone for a moment: it becomes one sweep all the same.</summary>
internal sealed class Submission(Terminal terminal, ISweepServer server)
{
    private readonly Guid key = Guid.NewGuid();

    /// <returns>The sweep's id; null if it was interrupted before there was an answer.</returns>
    /// <exception cref="ServerException">There was no answer for a minute.</exception>
    public async Task<string?> SendAsync(SweepSpec spec, SweepDemands demands, CancellationToken interruption)
    {
        const string Unsure = "it may have been submitted or not: look with 'sweeps list' before you submit it again";
        string? said = null;
        try
        {
            return await new ServerPatience(terminal.Clock).AskAsync(
                () => server.SubmitAsync(spec, demands, key, interruption),
                gone =>
                {
                    if (said != gone.Message) terminal.Say($"{(said = gone.Message).TrimEnd('.')}; trying again for a minute");
                },
                interruption).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (interruption.IsCancellationRequested)
        {
            terminal.Say($"interrupted; {Unsure}");
            return null;
        }
        catch (ServerException gone)
        {
            throw new ServerException($"{gone.Message.TrimEnd('.')}; {Unsure}", gone);
        }
    }
}
