namespace Sweeps.Dashboard.Plots;

/// <summary>
/// A laid-out axis: from a value to its coordinate (the scale on which lengths on paper are linear) and from there to its share of the
/// frame.
/// </summary>
internal abstract class Axis(Interval coordinates)
{
    /// <summary>The range shown, in coordinates.</summary>
    public Interval Coordinates { get; } = coordinates;

    /// <summary>Power of ten taken out of the tick labels.</summary>
    public virtual int Exponent => 0;

    /// <summary>Whether all labels must stay, turned if they do not fit.</summary>
    public virtual bool NeedsAllLabels => false;

    /// <summary>Coordinate of a value; not finite where the axis cannot show it.</summary>
    public abstract double Coordinate(double value);

    /// <summary>Candidate ticks, the densest first.</summary>
    public abstract IEnumerable<IReadOnlyList<Tick>> TickCandidates();

    /// <summary>Share of the frame, 0 at its start and 1 at its end.</summary>
    public double Share(double value) => Coordinates.Share(Coordinate(value));

    /// <summary>An axis over a range of coordinates.</summary>
    public static Axis Over(PlotAxis axis, Interval coordinates) => axis switch
    {
        { HasWords: true } => new CategoryAxis(axis.Words, coordinates),
        { Scale: AxisScale.Logarithmic } => new LogAxis(coordinates),
        _ => new LinearAxis(coordinates),
    };
}
