namespace Sweeps.Grains.Telemetry;

/// <summary>
/// The room in a folder for whoever asks now and then. A file system that is away may answer nobody for hours: whoever asks waits for a
/// moment only, and nobody does while an earlier question is still open.
/// </summary>
/// <param name="ask">Bytes that this process may still write; may throw, or not return.</param>
/// <param name="longest">What whoever asks waits; null for a second.</param>
public sealed class FreeSpace(Func<long> ask, TimeSpan? longest = null)
{
    private readonly TimeSpan patience = longest ?? TimeSpan.FromSeconds(1);
    private readonly Lock gate = new();
    private Task<long?> answer = Task.FromResult<long?>(null);

    /// <param name="folder">Any folder; it need not be there.</param>
    public FreeSpace(string folder)
        : this(() => new DriveInfo(folder).AvailableFreeSpace)
    {
    }

    /// <returns>As of now; null while nobody can say.</returns>
    public long? Read()
    {
        Task<long?> asked;
        lock (gate)
        {
            if (!answer.IsCompleted) return null;
            asked = answer = Task.Run(Ask);
        }
        return asked.Wait(patience) ? asked.Result : null;
    }

    private long? Ask()
    {
        try
        {
            return ask();
        }
        catch (Exception away) when (away is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
