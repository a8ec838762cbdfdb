namespace Sweeps.Compute.Experiments;

/// <summary>A quantity that an experiment measures, or only derives, at every point.</summary>
/// <param name="Name">Column name; <c>_se</c>, <c>_theory</c>, <c>_shift</c>, <c>_z</c> are appended for its companions.</param>
/// <param name="Unit">Unit of value, error, theory and shift.</param>
/// <param name="Description">One sentence for help and column metadata.</param>
public sealed record Quantity(string Name, string Unit, string Description)
{
    /// <summary>A closed form without a measurement: one column, no companions.</summary>
    public bool TheoryOnly { get; init; }
}
