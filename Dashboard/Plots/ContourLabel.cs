namespace Sweeps.Dashboard.Plots;

/// <summary>A number set into an iso-line: where on which piece, how turned, and the room it takes.</summary>
internal sealed record ContourLabel(string Text, Polyline Line, double Middle, double Width, PaperPoint At, double Angle, Box Room)
{
    private const double Step = 3;

    /// <summary>The straightest place that lies inside the frame and away from the others; null if there is none.</summary>
    public static ContourLabel? Place(string text, IEnumerable<Polyline> lines, Box frame, IReadOnlyList<ContourLabel> placed, double size)
    {
        double width = TextMetrics.Width(text, size) + 4;
        ContourLabel? best = null;
        double bestScore = double.PositiveInfinity;
        foreach (Polyline line in lines)
        {
            // Shorter pieces would be all label.
            for (double middle = width; middle <= line.Length - width; middle += Step)
            {
                ContourLabel label = Try(text, line, middle, width, size, out double bend);
                if (!frame.Grown(-2).Contains(label.Room) || placed.Any(other => other.Room.Grown(3).Overlaps(label.Room)))
                    continue;
                double score = bend + 0.15 * Math.Abs(middle / line.Length - 0.5) - 0.0002 * line.Length;
                if (score < bestScore)
                    (best, bestScore) = (label, score);
            }
        }
        return bestScore < 0.35 ? best : null;
    }

    private static ContourLabel Try(string text, Polyline line, double middle, double width, double size, out double bend)
    {
        PaperPoint a = line.At(middle - width / 2), b = line.At(middle + width / 2), centre = line.At(middle);
        double chord = a.DistanceTo(b);
        PaperPoint between = new((a.X + b.X) / 2, (a.Y + b.Y) / 2);
        bend = 4 * (1 - chord / width) + 2 * between.DistanceTo(centre) / width;
        double angle = Math.Atan2(b.Y - a.Y, b.X - a.X);
        if (angle > Math.PI / 2)
            angle -= Math.PI;
        else if (angle <= -Math.PI / 2)
            angle += Math.PI;
        double halfWidth = (width * Math.Abs(Math.Cos(angle)) + size * Math.Abs(Math.Sin(angle))) / 2;
        double halfHeight = (width * Math.Abs(Math.Sin(angle)) + size * Math.Abs(Math.Cos(angle))) / 2;
        Box room = Box.Between(between.X - halfWidth, between.Y - halfHeight, between.X + halfWidth, between.Y + halfHeight);
        return new(text, line, middle, width, between, angle * 180 / Math.PI, room);
    }
}
