using Sweeps.Compute.Experiments;
using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Figures;

/// <summary>The one value that a figure has of an axis along none of its sides.</summary>
public sealed record FigurePin(Axis Axis, int Place)
{
    public KeyValue Value => Axis.Values[Place];
}
