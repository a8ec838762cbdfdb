namespace Sweeps.Simulation.Scheduling;

/// <summary>All that may happen next, in order of virtual time; among equals the seed decides.</summary>
internal sealed class Timeline(Chance chance)
{
    private readonly PriorityQueue<(Life? Owner, Action Happening), (double At, uint Lot)> queue = new();

    /// <summary>Seconds since the beginning.</summary>
    public double Now { get; private set; }

    /// <summary>Events that have happened.</summary>
    public int Steps { get; private set; }

    /// <param name="delay">In seconds.</param>
    /// <param name="owner">Whose death keeps it from happening, and whose pause puts it off; null: it happens.</param>
    /// <param name="happening">What.</param>
    public void After(double delay, Life? owner, Action happening) => queue.Enqueue((owner, happening), (Now + delay, chance.Word()));

    /// <returns>False if nothing is left.</returns>
    public bool Step()
    {
        while (queue.TryDequeue(out var entry, out var when))
        {
            Now = when.At;
            if (entry.Owner is { IsDead: true }) continue;
            if (entry.Owner is { } owner && owner.PausedUntil > Now)
            {
                queue.Enqueue(entry, (owner.PausedUntil, chance.Word()));
                continue;
            }
            Steps++;
            entry.Happening();
            return true;
        }
        return false;
    }
}
