using System.Collections.Immutable;
using Sweeps.Compute.Experiments;
using Sweeps.Dashboard.Plots;

namespace Sweeps.Dashboard.Figures;

/// <summary>Values of a key between those of an axis, to draw a closed form smoothly.</summary>
internal static class FineValues
{
    /// <param name="key">What values are allowed.</param>
    /// <param name="range">From where to where; what lies outside the key's own range is cut off.</param>
    /// <param name="scale">How they are spread.</param>
    /// <param name="count">About how many; fewer where the key takes integers only.</param>
    /// <returns>Rising, none twice.</returns>
    public static ImmutableArray<KeyValue> Between(ExperimentKey key, Interval range, AxisScale scale, int count)
    {
        double lowest = key.MinimumIsExclusive ? key.Minimum + 1e-9 * range.Length : key.Minimum;
        double low = Math.Max(range.Low, lowest), high = Math.Min(range.High, key.Maximum);
        var values = Enumerable.Range(0, count).Select(i => At(low, high, i / (count - 1.0), scale));
        return key.Kind is KeyKind.Integer
            ? [.. values.Select(value => (long)Math.Round(value)).Where(value => value >= lowest && value <= key.Maximum).Distinct()
                .Select(value => KeyValue.Of(value))]
            : [.. values.Select(value => KeyValue.Of(value))];
    }

    private static double At(double low, double high, double share, AxisScale scale) => share switch
    {
        0 => low,
        1 => high,
        _ => scale is AxisScale.Logarithmic ? low * Math.Pow(high / low, share) : low + share * (high - low),
    };
}
