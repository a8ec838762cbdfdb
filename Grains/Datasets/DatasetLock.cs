namespace Sweeps.Grains.Datasets;

/// <summary>Held by the one process that may change a dataset; the system lets go of it when the process ends, however it ends.</summary>
internal sealed class DatasetLock : IDisposable
{
    private readonly FileStream file;

    private DatasetLock(FileStream file) => this.file = file;

    /// <returns>Null if somebody else holds it.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static DatasetLock? TryTake(DatasetFolder folder)
    {
        var spin = new SpinWait();
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return new(new FileStream(folder.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
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
