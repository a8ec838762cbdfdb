using System.Collections.Immutable;

namespace Sweeps.Grains.Telemetry.Recording;

/// <summary>What gauges are read from, as long as it is there.</summary>
internal sealed class Observed<T>
    where T : class
{
    private ImmutableList<T> all = [];

    /// <summary>As of now; may be gone through while others come and go.</summary>
    public ImmutableList<T> All => Volatile.Read(ref all);

    /// <returns>Ends it.</returns>
    public IDisposable Add(T source)
    {
        ImmutableInterlocked.Update(ref all, list => list.Add(source));
        return new End(this, source);
    }

    private sealed class End(Observed<T> owner, T source) : IDisposable
    {
        private int ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref ended, 1) == 0) ImmutableInterlocked.Update(ref owner.all, list => list.Remove(source));
        }
    }
}
