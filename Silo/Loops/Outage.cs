namespace Sweeps.Silo.Loops;

/// <summary>
/// Something that several loops need and cannot have for now. It begins with the first that fails and ends when the last one has what it
/// asked for;
/// each is told once, and each new reason once.
/// </summary>
internal sealed class Outage(Action<string> begins, Action ends)
{
    private readonly Lock gate = new();
    private readonly HashSet<object> waiting = [];
    private readonly HashSet<string> told = [];

    public void Fails(object loop, string reason)
    {
        lock (gate)
        {
            waiting.Add(loop);
            if (told.Add(reason)) begins(reason);
        }
    }

    public void Succeeds(object loop)
    {
        lock (gate)
        {
            waiting.Remove(loop);
            if (told.Count == 0 || waiting.Count > 0) return;
            told.Clear();
            ends();
        }
    }

    /// <summary>The loop asks no more, whatever came of it.</summary>
    public void Forget(object loop)
    {
        // That nobody waits any more is not that it is over: the next one who asks will tell.
        lock (gate) waiting.Remove(loop);
    }
}
