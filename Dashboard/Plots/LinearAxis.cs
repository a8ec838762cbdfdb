namespace Sweeps.Dashboard.Plots;

internal sealed class LinearAxis(Interval range) : Axis(range)
{
    public override int Exponent => Ticks.Exponent(Coordinates);

    public override double Coordinate(double value) => value;

    public override IEnumerable<IReadOnlyList<Tick>> TickCandidates() => Ticks.Linear(Coordinates, Exponent);
}
