namespace Sweeps.Dashboard.Plots;

/// <summary>A mark on an axis; minor marks have an empty label.</summary>
/// <param name="At">Value on the axis (index of the word on an axis of words).</param>
/// <param name="Label">What stands beside it.</param>
public readonly record struct Tick(double At, string Label)
{
    public bool IsMajor => Label.Length > 0;
}
