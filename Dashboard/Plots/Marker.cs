namespace Sweeps.Dashboard.Plots;

/// <summary>Shapes of measured points, different enough to be told apart in grey.</summary>
internal static class Marker
{
    private static readonly (double X, double Y)[][] Shapes =
    [
        [],
        [(-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)],
        [(0, -1.15), (1.05, 0.8), (-1.05, 0.8)],
        [(0, -1.25), (1.05, 0), (0, 1.25), (-1.05, 0)],
        [(0, 1.15), (1.05, -0.8), (-1.05, -0.8)],
        [(-0.4, -1.1), (0.4, -1.1), (0.4, -0.4), (1.1, -0.4), (1.1, 0.4), (0.4, 0.4), (0.4, 1.1), (-0.4, 1.1), (-0.4, 0.4), (-1.1, 0.4),
            (-1.1, -0.4), (-0.4, -0.4)],
        [(-0.6, -1.04), (0.6, -1.04), (1.2, 0), (0.6, 1.04), (-0.6, 1.04), (-1.2, 0)],
        [(-1.05, 0), (0.8, -1.15), (0.8, 1.15)],
    ];

    public const int Count = 8;

    /// <param name="svg">Where to.</param>
    /// <param name="index">Of the series; shapes repeat after <see cref="Count"/>.</param>
    /// <param name="at">Centre.</param>
    /// <param name="radius">In points.</param>
    /// <param name="fill">Colour.</param>
    /// <param name="edge">Colour of the thin rim that keeps overlapping points apart.</param>
    /// <param name="tooltip">Words, or null.</param>
    public static void Draw(SvgWriter svg, int index, PaperPoint at, double radius, string fill, string edge, string? tooltip = null)
    {
        (double X, double Y)[] shape = Shapes[index % Count];
        if (shape.Length == 0)
        {
            svg.Leaf("circle", [("cx", at.X), ("cy", at.Y), ("r", radius), ("fill", fill), ("stroke", edge), ("stroke-width", 0.4)],
                tooltip);
            return;
        }
        string path = SvgWriter.PathData([.. shape.Select(p => new PaperPoint(at.X + p.X * radius, at.Y + p.Y * radius))]) + "z";
        svg.Leaf("path", [("d", path), ("fill", fill), ("stroke", edge), ("stroke-width", 0.4)], tooltip);
    }
}
