namespace Sweeps.Compute.Devices;

/// <summary>
/// A device at work for one thread at a time, with what experiments keep on it from point to point, such as queues, memory, and the batch sizes that
/// it has room for.
/// </summary>
public sealed class DeviceSession : IDisposable
{
    private readonly Dictionary<Type, IDisposable> kept = [];

    internal DeviceSession(IDevice device) => Device = device;

    internal IDevice Device { get; }

    public void Dispose()
    {
        foreach (IDisposable each in kept.Values) each.Dispose();
        kept.Clear();
    }

    /// <summary>What is kept of a type, made at the first call.</summary>
    internal T Keep<T>(Func<DeviceSession, T> make)
        where T : class, IDisposable
    {
        if (kept.TryGetValue(typeof(T), out IDisposable? known)) return (T)known;
        T made = make(this);
        kept.Add(typeof(T), made);
        return made;
    }
}
