using Sweeps.Grains.Planning;
using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Display;

/// <summary>What a sweep will be, before anything runs.</summary>
public sealed class SweepForecast
{
    // What the columns come to in a file, in bytes per row: measured numbers do not compress, keys and point numbers nearly vanish.
    private const double BytesPerMeasuredNumber = 8;
    private const double BytesPerKey = 0.5;
    private const double BytesPerCurveRow = 28;

    public SweepForecast(SweepSpec spec, int cores)
    {
        (Spec, Cores) = (spec, cores);
        Grid = new PointGrid(spec);
        Plan = new ChunkPlan(Grid);
        CurveRows = Grid.Count * (double)spec.Experiment.MaximumCurveRows(spec.Request);
        double numbers = spec.Experiment.Quantities(spec.Measures).Sum(quantity => quantity.TheoryOnly ? 1.0 : 4.0);
        double row = BytesPerMeasuredNumber * numbers + BytesPerKey * (spec.Experiment.Keys.Length + 1);
        Bytes = Grid.Count * row + CurveRows * BytesPerCurveRow;
    }

    public SweepSpec Spec { get; }

    public PointGrid Grid { get; }

    public ChunkPlan Plan { get; }

    /// <summary>Logical processors of this machine that will be used.</summary>
    public int Cores { get; }

    /// <summary>At most so many rows in <c>curves</c>; <c>points</c> has one per point.</summary>
    public double CurveRows { get; }

    /// <summary>About so many bytes on disk.</summary>
    public double Bytes { get; }

    /// <summary>Predicted duration if this machine's cores are like those that the cost is stated for.</summary>
    public double PredictedSeconds => Plan.PredictedSeconds / Cores;
}
