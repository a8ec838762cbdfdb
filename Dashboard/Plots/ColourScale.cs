namespace Sweeps.Dashboard.Plots;

/// <summary>From values to levels of a colour map.</summary>
internal sealed record ColourScale(ColourMap Map, Interval Range)
{
    /// <summary>The whole range of the values; about zero for a diverging map.</summary>
    public static ColourScale? Of(ColourMap map, IEnumerable<double> values, Interval? asked)
    {
        Interval? range = asked ?? Interval.Around(values);
        if (range is not { } found)
            return null;
        if (!map.IsDiverging)
            return new(map, found);
        double largest = Math.Max(Math.Abs(found.Low), Math.Abs(found.High));
        return new(map, new(-largest, largest));
    }

    /// <summary>Level of a value, the nearest end's outside the range; −1 for NaN.</summary>
    public int Level(double value) => double.IsNaN(value) ? -1
        : (int)Math.Round(Math.Clamp(Range.Share(value), 0, 1) * (ColourMap.Levels - 1));
}
