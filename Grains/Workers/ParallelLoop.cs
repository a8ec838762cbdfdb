using System.Runtime.ExceptionServices;
using Sweeps.Compute.Experiments;

namespace Sweeps.Grains.Workers;

/// <summary>
/// A fixed number of threads for everything: the caller's and <c>threads − 1</c> of its own, which help whatever loop is open, the innermost
/// first. A caller works on its own loop until no index is left and then waits only for bodies that run already, so nesting cannot lock up.
/// </summary>
public sealed class ParallelLoop : IParallelLoop, IDisposable
{
    private readonly object gate = new();
    private readonly List<OpenLoop> open = [];
    private readonly Thread[] helpers;
    private Action? resident;
    private int residentsWanted;
    private int residentsRunning;
    private long version;
    private bool disposed;

    /// <param name="threads">Threads in all, the caller's included.</param>
    public ParallelLoop(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Threads = threads;
        helpers = new Thread[threads - 1];
        for (int i = 0; i < helpers.Length; i++)
        {
            helpers[i] = new Thread(Help) { IsBackground = true, Name = $"sweeps compute {i + 1}" };
            helpers[i].Start();
        }
    }

    public int Threads { get; }

    /// <summary>Changes whenever there may be new work; read it before looking for work, and wait with it.</summary>
    internal long Version
    {
        get
        {
            lock (gate) return version;
        }
    }

    /// <inheritdoc/>
    public void For(int count, Action<int> body)
    {
        if (count <= 1 || Threads == 1)
        {
            for (int i = 0; i < count; i++) body(i);
            return;
        }
        var loop = new OpenLoop(count, body);
        lock (gate)
        {
            open.Add(loop);
            Signal();
        }
        loop.Work();
        lock (gate) open.Remove(loop);
        loop.Finish();
    }

    /// <summary>Runs <paramref name="body"/> once on each of the threads, and returns when all have returned; it must not throw.</summary>
    internal void RunOnAll(Action body)
    {
        lock (gate)
        {
            (resident, residentsWanted) = (body, helpers.Length);
            Signal();
        }
        body();
        lock (gate)
        {
            // A helper that has not come by now need not come any more.
            residentsWanted = 0;
            while (residentsRunning > 0) Monitor.Wait(gate);
            resident = null;
        }
    }

    /// <summary>Helps the newest open loop, if there is one with an index left.</summary>
    internal bool TryHelp()
    {
        OpenLoop? loop;
        lock (gate) loop = Newest();
        if (loop is null) return false;
        loop.Work();
        return true;
    }

    /// <summary>Tells waiting threads to look for work.</summary>
    internal void Wake()
    {
        lock (gate) Signal();
    }

    /// <summary>Returns when the version is no longer the one seen, or after a while.</summary>
    /// <param name="seen">Read before looking for work.</param>
    /// <param name="atMost">How long it may take, about.</param>
    internal void WaitSince(long seen, TimeSpan atMost)
    {
        lock (gate)
            if (version == seen) Monitor.Wait(gate, atMost);
    }

    /// <summary>Ends the threads; no loop may be open.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
            Signal();
        }
        foreach (var helper in helpers) helper.Join();
    }

    private void Help()
    {
        while (true)
        {
            Action? guest = null;
            OpenLoop? loop = null;
            lock (gate)
            {
                while (!disposed && residentsWanted == 0 && (loop = Newest()) is null) Monitor.Wait(gate);
                if (disposed) return;
                if (loop is null)
                {
                    guest = resident;
                    residentsWanted--;
                    residentsRunning++;
                }
            }
            if (loop is not null)
            {
                loop.Work();
                continue;
            }
            guest!();
            lock (gate)
            {
                residentsRunning--;
                Signal();
            }
        }
    }

    private OpenLoop? Newest()
    {
        for (int i = open.Count - 1; i >= 0; i--)
            if (open[i].HasMore) return open[i];
        return null;
    }

    private void Signal()
    {
        version++;
        Monitor.PulseAll(gate);
    }

    private sealed class OpenLoop(int count, Action<int> body)
    {
        private readonly object ending = new();
        private int next;
        private int returned;
        private ExceptionDispatchInfo? failure;

        public bool HasMore => Volatile.Read(ref next) < count;

        public void Work()
        {
            while (true)
            {
                int index = Interlocked.Increment(ref next) - 1;
                if (index >= count)
                {
                    Volatile.Write(ref next, count); // keeps a crowd of helpers from ever wrapping around
                    return;
                }
                try
                {
                    if (Volatile.Read(ref failure) is null) body(index);
                }
                catch (Exception thrown)
                {
                    Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(thrown), null);
                }
                if (Interlocked.Increment(ref returned) < count) continue;
                lock (ending) Monitor.PulseAll(ending);
                return;
            }
        }

        public void Finish()
        {
            lock (ending)
                while (Volatile.Read(ref returned) < count) Monitor.Wait(ending);
            failure?.Throw();
        }
    }
}
