using Sweeps.Grains.Leases;
using Sweeps.Simulation.Datasets;

namespace Sweeps.Simulation.Silos;

/// <summary>As <c>ChunkRun</c>: a leased chunk on its way; it ends once, published or dropped.</summary>
internal sealed class SimulatedRun(LeaseId lease, double confirmedAt)
{
    private Stage stage;

    private enum Stage
    {
        Open,
        Publishing,
        Dropped,
    }

    public LeaseId Lease => lease;

    public double ConfirmedAt { get; private set; } = confirmedAt;

    public bool IsDropped => stage is Stage.Dropped;

    public PartSteps? Part { get; set; }

    public void Confirm(double requestedAt) => ConfirmedAt = Math.Max(ConfirmedAt, requestedAt);

    public bool TryPublish()
    {
        if (stage is Stage.Open) stage = Stage.Publishing;
        return stage is Stage.Publishing;
    }

    /// <summary>Drops it, unless it is being published already.</summary>
    public bool TryDrop()
    {
        if (stage is not Stage.Open) return false;
        stage = Stage.Dropped;
        return true;
    }

    public void Drop() => stage = Stage.Dropped;
}
