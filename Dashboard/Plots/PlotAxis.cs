using System.Collections.Immutable;

namespace Sweeps.Dashboard.Plots;

/// <summary>What stands along one side of a plot: numbers, or words in a given order.</summary>
public sealed record PlotAxis
{
    private PlotAxis(string label, string unit) => (Label, Unit) = (label, unit);

    /// <summary>For humans, such as <c>separation μ</c>.</summary>
    public string Label { get; }

    /// <summary><c>1</c> or empty when dimensionless: then no brackets follow the label.</summary>
    public string Unit { get; }

    public AxisScale Scale { get; private init; } = AxisScale.Linear;

    /// <summary>The values of a numeric axis, in the order of the grid; empty for an axis of words.</summary>
    public ImmutableArray<double> Values { get; private init; } = [];

    /// <summary>The words of an axis of words, in the order of the grid; empty otherwise.</summary>
    public ImmutableArray<string> Words { get; private init; } = [];

    public bool HasWords { get; private init; }

    public int Count => HasWords ? Words.Length : Values.Length;

    /// <param name="label">For humans.</param>
    /// <param name="unit"><c>1</c> when dimensionless.</param>
    /// <param name="values">
    /// The grid's values in any order, each once. A line plot needs none: its range comes from its points, and values given widen it.
    /// </param>
    /// <param name="scale">Never <see cref="AxisScale.Automatic"/> afterwards: settled here, linear without values.</param>
    /// <exception cref="ArgumentException">A value is not finite, or not positive on an axis that is asked to be logarithmic.</exception>
    public static PlotAxis Numbers(string label, string unit, IEnumerable<double> values, AxisScale scale = AxisScale.Automatic)
    {
        ImmutableArray<double> all = [.. values];
        foreach (double value in all)
        {
            if (!double.IsFinite(value))
                throw new ArgumentException($"Axis '{label}' has the value {value}: axis values must be finite.", nameof(values));
            if (scale == AxisScale.Logarithmic && value <= 0)
                throw new ArgumentException($"Axis '{label}' has the value {value}: a logarithmic axis needs positive values.",
                    nameof(values));
        }
        return new(label, unit) { Values = all, Scale = scale == AxisScale.Automatic ? Guess(all) : scale };
    }

    public static PlotAxis OfWords(string label, IEnumerable<string> words) => new(label, "1") { Words = [.. words], HasWords = true };

    private static AxisScale Guess(ImmutableArray<double> values)
    {
        ImmutableArray<double> sorted = [.. values.Distinct().Order()];
        if (sorted.Length < 3 || sorted[0] <= 0 || sorted[^1] < 5 * sorted[0])
            return AxisScale.Linear;
        return Unevenness(sorted.Select(Math.Log)) < Unevenness(sorted) ? AxisScale.Logarithmic : AxisScale.Linear;
    }

    /// <summary>Variance of the gaps over their squared mean.</summary>
    private static double Unevenness(IEnumerable<double> sorted)
    {
        double[] at = [.. sorted];
        double mean = (at[^1] - at[0]) / (at.Length - 1);
        return at.Zip(at.Skip(1), (a, b) => Math.Pow((b - a) / mean - 1, 2)).Average();
    }
}
