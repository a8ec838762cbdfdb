namespace Sweeps.Dashboard.Plots;

/// <summary>Coordinates are decimal logarithms.</summary>
internal sealed class LogAxis(Interval decades) : Axis(decades)
{
    public override double Coordinate(double value) => value > 0 ? Math.Log10(value) : double.NaN;

    public override IEnumerable<IReadOnlyList<Tick>> TickCandidates()
    {
        double low = Math.Pow(10, Math.Max(Coordinates.Low, -300)), high = Math.Pow(10, Math.Min(Coordinates.High, 300));
        return low < high ? Ticks.Logarithmic(new(low, high)) : [];
    }
}
