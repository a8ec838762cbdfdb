using Sweeps.Contract.Server;

namespace Sweeps.EndToEnd.Cluster;

/// <summary>How long anything may take in these tests; generous, for machines that have more to do.</summary>
internal static class ClusterDeadline
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <param name="happened">Asked again and again.</param>
    /// <param name="otherwise">What to say if it does not happen.</param>
    public static async Task MeetAsync(Func<Task<bool>> happened, Func<string> otherwise)
    {
        try
        {
            await Polling.UntilAsync(happened, Longest).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"not within {Longest}: {otherwise()}");
        }
    }
}
