using System.Collections.Immutable;
using Sweeps.Compute.Experiments;
using Sweeps.Dashboard.Plots;
using Sweeps.Grains.Hosts;

namespace Sweeps.Dashboard.Display;

/// <summary>A finished point in words: <c>point 17: t_speciation 2.774 ± 0.021</c>.</summary>
internal sealed class FinishedPointText(ImmutableArray<Quantity> quantities)
{
    // The first quantity that is measured stands for the point.
    private readonly int index = Array.FindIndex([.. quantities], quantity => !quantity.TheoryOnly);

    public string Of(FinishedPoint finished)
    {
        string name = $"point {Numbers.Count(finished.Point)}";
        if (finished.Estimates.IsEmpty) return $"{name} failed";
        if (index < 0) return name;
        var estimate = finished.Estimates[index];
        return estimate.Value is { } value
            ? $"{name}: {quantities[index].Name} {Numbers.WithError(value, estimate.StandardError)}"
            : estimate.Theory is null ? $"{name}: no {quantities[index].Name} in the window"
            : $"{name}: {quantities[index].Name} {MissingValue.NotFound}";
    }
}
