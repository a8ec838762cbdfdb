namespace Sweeps.Compute.Devices;

/// <summary>
/// A device at work for one thread at a time: a queue of its own, and what experiments keep on it from point to point, such as compiled kernels and
/// the batch sizes that its memory has room for.
/// </summary>
public sealed class DeviceSession : IDisposable
{
    private readonly Dictionary<Type, IDisposable> kept = [];

    internal DeviceSession(IDevice device) => (Device, Queue) = (device, device.CreateQueue());

    internal IDevice Device { get; }

    internal IDeviceQueue Queue { get; }

    public void Dispose()
    {
        foreach (IDisposable each in kept.Values) each.Dispose();
        kept.Clear();
        Queue.Dispose();
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
