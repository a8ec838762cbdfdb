namespace Sweeps.Dashboard.Plots;

/// <summary>A closed range of finite numbers with <c>Low &lt; High</c>.</summary>
public readonly record struct Interval
{
    // Keeps differences and paddings of any two ends finite.
    private const double Largest = 1e300;

    /// <exception cref="ArgumentException">Not finite, or empty.</exception>
    public Interval(double low, double high)
    {
        if (!double.IsFinite(low) || !double.IsFinite(high) || !(low < high))
            throw new ArgumentException($"A range needs two finite ends, the lower first; these are {low} and {high}.");
        (Low, High) = (low, high);
    }

    public double Low { get; }

    public double High { get; }

    public double Length => High - Low;

    /// <summary>The range of the finite values; null if there are none. A single value gets room on both sides.</summary>
    public static Interval? Around(IEnumerable<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double value in values)
        {
            if (!double.IsFinite(value))
                continue;
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }
        if (low > high)
            return null;
        low = Math.Clamp(low, -Largest, Largest);
        high = Math.Clamp(high, -Largest, Largest);
        double size = Math.Max(Math.Abs(low), Math.Abs(high));
        if (high - low > 1e-12 * size)
            return new(low, high);
        double middle = 0.5 * low + 0.5 * high;
        double room = size > 1e-300 ? 0.1 * size : 1;
        return new(middle - room, middle + room);
    }

    public Interval Padded(double share)
    {
        double room = Math.Min(share * Length, Largest);
        return new(Low - room, High + room);
    }

    /// <summary>Where a value lies: 0 at Low, 1 at High, linear, also outside.</summary>
    public double Share(double value) => (0.5 * value - 0.5 * Low) / (0.5 * High - 0.5 * Low);

    public bool Contains(double value) => value >= Low && value <= High;
}
