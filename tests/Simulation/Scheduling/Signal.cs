using System.Runtime.CompilerServices;

namespace Sweeps.Simulation.Scheduling;

/// <summary>Wakes one waiter, or the next to come.</summary>
internal sealed class Signal(Timeline timeline, Life owner) : INotifyCompletion
{
    private Action? waiting;
    private bool isSet;

    public bool IsCompleted => isSet;

    public Signal GetAwaiter() => this;

    public void GetResult() => isSet = false;

    public void OnCompleted(Action continuation) => waiting = continuation;

    public void Set()
    {
        isSet = true;
        if (waiting is not { } woken) return;
        waiting = null;
        timeline.After(0, owner, woken);
    }
}
