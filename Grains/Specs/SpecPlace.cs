namespace Sweeps.Grains.Specs;

/// <summary>Where something stands: in the file, or in the n-th <c>--set</c> of the command line.</summary>
/// <param name="Source">The file, or <c>--set KEY</c>.</param>
/// <param name="Line">Line from 1, or null.</param>
/// <param name="Column">Column from 1, or null.</param>
/// <param name="Order">0 for the file, 1 + n for the n-th <c>--set</c>: mistakes are listed in this order.</param>
internal readonly record struct SpecPlace(string Source, int? Line = null, int? Column = null, int Order = 0) : IComparable<SpecPlace>
{
    public int CompareTo(SpecPlace other) => (Order, Line ?? 0, Column ?? 0).CompareTo((other.Order, other.Line ?? 0, other.Column ?? 0));
}
