namespace Sweeps.Compute.Experiments.Mixture;

/// <summary>Which coordinates reverse trajectories carry.</summary>
public enum SimulatedCoordinates
{
    /// <summary>Only those in blocks where the mode has weight: exact, since the others never feed back into the class.</summary>
    Active,

    /// <summary>All of them, in the data's own coordinates: to check the former, and to measure the sampler.</summary>
    All,
}
