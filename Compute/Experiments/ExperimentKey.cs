using System.Collections.Immutable;

namespace Sweeps.Compute.Experiments;

/// <summary>One key of an experiment: what a spec may set, put on an axis, filter by, and find again as a column.</summary>
/// <param name="Name">The word in specs, commands, columns and labels.</param>
/// <param name="Kind">What values it takes.</param>
/// <param name="Default">Its value when a spec does not name it.</param>
/// <param name="Unit">Unit, <c>1</c> when dimensionless.</param>
/// <param name="Description">One sentence for help and column metadata.</param>
public sealed record ExperimentKey(string Name, KeyKind Kind, KeyValue Default, string Unit, string Description)
{
    /// <summary>Smallest value allowed; exclusive if <see cref="MinimumIsExclusive"/>.</summary>
    public double Minimum { get; init; } = double.NegativeInfinity;

    public bool MinimumIsExclusive { get; init; }

    /// <summary>Largest value allowed, inclusive.</summary>
    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>The words of a <see cref="KeyKind.Choice"/>; empty otherwise.</summary>
    public ImmutableArray<string> Choices { get; init; } = [];

    /// <summary>Whether the predicted cost of a point can depend on this key. Points equal in all such keys must cost the same.</summary>
    public bool AffectsCost { get; init; }

    /// <summary>
    /// Values that cost the same share a class, named by one of them; without it every value is a class of its own. Lets a plan of millions of
    /// points ask for few costs.
    /// </summary>
    public Func<KeyValue, KeyValue>? CostClass { get; init; }
}
