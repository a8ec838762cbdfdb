namespace Sweeps.Dashboard.Plots;

/// <summary>A polyline on paper, measured along its length.</summary>
internal sealed class Polyline
{
    private readonly double[] lengths;

    public Polyline(IReadOnlyList<PaperPoint> points)
    {
        Points = points;
        lengths = new double[points.Count];
        for (int i = 1; i < points.Count; i++)
            lengths[i] = lengths[i - 1] + points[i].DistanceTo(points[i - 1]);
    }

    public IReadOnlyList<PaperPoint> Points { get; }

    public double Length => lengths[^1];

    /// <summary>Without the points that lie within a hair of the line through their neighbours, so large grids give short files.</summary>
    public static IReadOnlyList<PaperPoint> Thinned(IReadOnlyList<PaperPoint> points, double hair = 0.05)
    {
        List<PaperPoint> kept = [];
        int last = 0;
        for (int i = 0; i < points.Count; i++)
        {
            bool isEnd = i == 0 || i == points.Count - 1;
            if (isEnd || Strays(points, last, i + 1, hair))
            {
                if (!isEnd || kept.Count == 0 || kept[^1] != points[i])
                    kept.Add(points[i]);
                last = i;
            }
        }
        return kept;
    }

    public PaperPoint At(double length)
    {
        int after = Array.BinarySearch(lengths, length);
        if (after >= 0)
            return Points[after];
        after = Math.Clamp(~after, 1, Points.Count - 1);
        double step = lengths[after] - lengths[after - 1];
        double share = step > 0 ? (length - lengths[after - 1]) / step : 0;
        PaperPoint a = Points[after - 1], b = Points[after];
        return new(a.X + share * (b.X - a.X), a.Y + share * (b.Y - a.Y));
    }

    /// <summary>The part between two lengths.</summary>
    public IReadOnlyList<PaperPoint> Part(double from, double to) =>
        [At(from), .. Points.Where((_, i) => lengths[i] > from && lengths[i] < to), At(to)];

    private static bool Strays(IReadOnlyList<PaperPoint> points, int from, int to, double hair)
    {
        // A bounded look back keeps this linear; 64 points in a row are thinning enough.
        if (to - from > 64)
            return true;
        PaperPoint a = points[from], b = points[to];
        double length = a.DistanceTo(b);
        for (int i = from + 1; i < to; i++)
        {
            double away = length > 0
                ? Math.Abs((b.X - a.X) * (points[i].Y - a.Y) - (b.Y - a.Y) * (points[i].X - a.X)) / length
                : a.DistanceTo(points[i]);
            if (away > hair)
                return true;
        }
        return false;
    }
}
