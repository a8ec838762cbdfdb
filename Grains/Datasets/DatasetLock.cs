namespace Sweeps.Grains.Datasets;

/// <summary>
/// Held by whoever may change a dataset: alone by the process of a local run, or shared by the silos of a cluster, who have agreed among
/// themselves. The system lets go of it when the process ends, however it ends.
/// </summary>
internal sealed class DatasetLock : IDisposable
{
    private readonly FileStream file;

    private DatasetLock(FileStream file) => this.file = file;

    /// <summary>Takes it alone.</summary>
    /// <returns>Null if somebody else holds it.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static DatasetLock? TryTake(DatasetFolder folder) => TryOpen(folder, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    /// <summary>Takes it together with others who share it.</summary>
    /// <returns>Null if a local run holds it.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static DatasetLock? TryShare(DatasetFolder folder) => TryOpen(folder, FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read);

    /// <summary>Whether those who hold it share it; for the words of a refusal, since it may change at any moment.</summary>
    public static bool IsShared(DatasetFolder folder)
    {
        using var mine = TryShare(folder);
        return mine is not null;
    }

    private static DatasetLock? TryOpen(DatasetFolder folder, FileMode mode, FileAccess access, FileShare share)
    {
        var spin = new SpinWait();
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                // On Linux this is flock: exclusive for FileShare.None, else shared.
                return new(new FileStream(folder.Lock, mode, access, share));
            }
            catch (IOException taken) when (taken.HResult is WouldBlock or SharingViolation)
            {
                // Perhaps somebody only looks whether it is taken.
                if (attempt == 5) return null;
                spin.SpinOnce();
            }
        }
    }

    // How .NET tells a taken lock: EWOULDBLOCK on Linux, the sharing violation on Windows.
    private const int WouldBlock = 11;
    private const int SharingViolation = unchecked((int)0x80070020);

    public void Dispose() => file.Dispose();
}
