using Sweeps.Grains.Datasets;
using Sweeps.Grains.Tests.Datasets;

namespace Sweeps.Simulation.Real;

/// <summary>Real code on a thread of its own that does one step of its disk when it is told to, and nothing else.</summary>
internal sealed class SteppedSilo : IDisposable
{
    private readonly SemaphoreSlim go = new(0);
    private readonly SemaphoreSlim waits = new(0);
    private readonly Thread thread;
    private bool isDead;

    /// <param name="disk">Its own; what it was used for before was not stepped.</param>
    /// <param name="work">What it does with the disk; what a later silo does to it shows as an <see cref="IOException"/>.</param>
    public SteppedSilo(FaultyDisk disk, Action work)
    {
        disk.BeforeStep = _ => AwaitTurn();
        thread = new Thread(() =>
        {
            try
            {
                AwaitTurn();
                work();
            }
            catch (Exception late) when (late is IOException or DatasetException)
            {
                // dead, or overtaken: the next one does it
            }
            catch (Exception wrong)
            {
                Fault = wrong;
            }
            HasEnded = true;
            waits.Release();
        });
        thread.Start();
        waits.Wait();
    }

    public bool HasEnded { get; private set; }

    /// <summary>What no failure explains.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Lets it do its next step.</summary>
    /// <param name="dies">It dies instead.</param>
    public void Step(bool dies)
    {
        isDead |= dies;
        go.Release();
        waits.Wait();
    }

    public void Dispose()
    {
        while (!HasEnded) Step(dies: true);
        thread.Join();
        go.Dispose();
        waits.Dispose();
    }

    private void AwaitTurn()
    {
        if (!isDead)
        {
            waits.Release();
            go.Wait();
        }
        if (isDead) throw new IOException("the process is dead");
    }
}
