using System.Text;

namespace Sweeps.Dashboard.Plots;

/// <summary>
/// A smooth curve through points of rising x that never overshoots them: piecewise cubic with the slopes of M. Steffen, Astron. Astrophys.
/// 239, 443 (1990).
/// </summary>
internal static class MonotoneCurve
{
    public static string PathData(IReadOnlyList<PaperPoint> points)
    {
        if (points.Count < 3)
            return SvgWriter.PathData(points);
        double[] slopes = Slopes(points);
        StringBuilder data = new();
        data.Append('M').Append(Pair(points[0]));
        for (int i = 0; i + 1 < points.Count; i++)
        {
            double third = (points[i + 1].X - points[i].X) / 3;
            data.Append('C').Append(Pair(new(points[i].X + third, points[i].Y + third * slopes[i])))
                .Append(' ').Append(Pair(new(points[i + 1].X - third, points[i + 1].Y - third * slopes[i + 1])))
                .Append(' ').Append(Pair(points[i + 1]));
        }
        return data.ToString();
    }

    private static double[] Slopes(IReadOnlyList<PaperPoint> points)
    {
        int last = points.Count - 1;
        double[] slopes = new double[last + 1];
        for (int i = 1; i < last; i++)
        {
            double before = points[i].X - points[i - 1].X, after = points[i + 1].X - points[i].X;
            double down = (points[i].Y - points[i - 1].Y) / before, up = (points[i + 1].Y - points[i].Y) / after;
            double middle = (down * after + up * before) / (before + after);
            slopes[i] = (Math.Sign(down) + Math.Sign(up)) * Math.Min(Math.Min(Math.Abs(down), Math.Abs(up)), 0.5 * Math.Abs(middle));
        }
        slopes[0] = EndSlope(points[0], points[1], points[2]);
        slopes[last] = EndSlope(points[last], points[last - 1], points[last - 2]);
        return slopes;
    }

    // Of the parabola through the three points, kept within what stays monotone.
    private static double EndSlope(PaperPoint end, PaperPoint next, PaperPoint second)
    {
        double near = next.X - end.X, far = second.X - next.X;
        double first = (next.Y - end.Y) / near, other = (second.Y - next.Y) / far;
        double slope = first * (1 + near / (near + far)) - other * near / (near + far);
        return slope * first <= 0 ? 0 : Math.Abs(slope) > 2 * Math.Abs(first) ? 2 * first : slope;
    }

    private static string Pair(PaperPoint point) => SvgWriter.Number(point.X) + " " + SvgWriter.Number(point.Y);
}
