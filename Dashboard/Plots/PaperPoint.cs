namespace Sweeps.Dashboard.Plots;

/// <summary>A place on paper in points, y downwards; also used for coordinates on a pair of axes.</summary>
public readonly record struct PaperPoint(double X, double Y)
{
    public double DistanceTo(PaperPoint other) => Math.Sqrt((X - other.X) * (X - other.X) + (Y - other.Y) * (Y - other.Y));
}
