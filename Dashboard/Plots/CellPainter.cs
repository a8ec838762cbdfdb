using System.Globalization;
using System.Text;

namespace Sweeps.Dashboard.Plots;

/// <summary>
/// Paints the cells of a heat map: one by one with tooltips while they are few, else one path per colour with runs of a row merged. Values
/// are in rising order of both axes, x fastest, NaN for none.
/// </summary>
internal sealed class CellPainter(SvgWriter svg, Box frame, GridAxis x, GridAxis y, ColourScale scale, double[] values, string nullPattern)
{
    public const int MostTooltips = 5000;

    // Cells reach a little under those painted after them, or viewers that smooth edges would show hairlines between.
    private const double Overlap = 0.3;

    // Large grids are drawn in hundredths of a point: whole numbers keep the paths short.
    public const double Grain = 100;

    /// <summary>Whether the cells are drawn as paths, in <see cref="Grain"/> units a point and without tooltips.</summary>
    public bool AreMany => values.Length > MostTooltips;

    /// <param name="tooltip">Words of cell (i, j).</param>
    /// <param name="link">Where a click on it leads; null for nowhere. Many cells share one target: a page's script asks what is where.</param>
    public void Draw(Func<int, int, string> tooltip, Func<int, int, string>? link = null)
    {
        if (!AreMany)
        {
            DrawOneByOne(tooltip, link);
            return;
        }
        DrawRuns();
        if (link is not null)
            svg.Leaf("rect", [("class", "cells"), ("x", frame.Left), ("y", frame.Top), ("width", frame.Width), ("height", frame.Height),
                ("fill", "transparent")]);
    }

    private void DrawOneByOne(Func<int, int, string> tooltip, Func<int, int, string>? link)
    {
        int columns = x.Centres.Length;
        svg.Open("g");
        for (int j = y.Centres.Length - 1; j >= 0; j--)
        {
            for (int i = 0; i < columns; i++)
            {
                Box cell = Box.Between(Across(x.Edges[i]), Down(y.Edges[j + 1]), Across(x.Edges[i + 1]), Down(y.Edges[j]));
                // Thousands of stops would be no way to go by keyboard: a table beside the picture has the same links.
                if (link is not null)
                    svg.Open("a", ("href", link(i, j)), ("tabindex", "-1"));
                svg.Leaf("rect",
                    [("x", cell.Left), ("y", cell.Top), ("width", cell.Width + (i + 1 < columns ? Overlap : 0)),
                        ("height", cell.Height + (j > 0 ? Overlap : 0)),
                    ("fill", Fill(scale.Level(values[j * columns + i])))],
                    tooltip(i, j));
                if (link is not null)
                    svg.Close();
            }
        }
        svg.Close();
    }

    private void DrawRuns()
    {
        int columns = x.Centres.Length;
        int[] across = [.. x.Edges.Select(edge => (int)Math.Round(Across(edge) * Grain))];
        int[] down = [.. y.Edges.Select(edge => (int)Math.Round(Down(edge) * Grain))];
        RunPath?[] paths = new RunPath?[ColourMap.Levels + 1];
        for (int j = y.Centres.Length - 1; j >= 0; j--)
        {
            // Rows and columns finer than the grain cannot be seen.
            if (down[j] == down[j + 1])
                continue;
            int start = 0;
            for (int i = 1; i <= columns; i++)
            {
                int level = scale.Level(values[j * columns + start]);
                if (i < columns && (scale.Level(values[j * columns + i]) == level || across[i] == across[start]))
                    continue;
                (paths[level + 1] ??= new()).Add(across[start], down[j + 1], across[i] - across[start], down[j] - down[j + 1]);
                start = i;
            }
        }
        // A ground in the middle colour, so that no paper shines through where viewers smooth edges.
        svg.Leaf("rect", [("x", frame.Left), ("y", frame.Top), ("width", frame.Width), ("height", frame.Height),
            ("fill", Fill(ColourMap.Levels / 2))]);
        svg.Open("g", ("transform", $"scale({(1 / Grain).ToString(CultureInfo.InvariantCulture)})"), ("shape-rendering", "crispEdges"));
        for (int level = -1; level < ColourMap.Levels; level++)
        {
            if (paths[level + 1] is { } path)
                svg.Leaf("path", [("fill", Fill(level)), ("d", path.ToString())]);
        }
        svg.Close();
    }

    private string Fill(int level) => level >= 0 ? scale.Map[level].Hex : AreMany ? $"url(#{nullPattern}-cells)" : $"url(#{nullPattern})";

    private double Across(double coordinate) => frame.Left + x.Axis.Coordinates.Share(coordinate) * frame.Width;

    private double Down(double coordinate) => frame.Bottom - y.Axis.Coordinates.Share(coordinate) * frame.Height;

    /// <summary>Rectangles in relative path commands: each ends below its start, where the next one's way is counted from.</summary>
    private sealed class RunPath
    {
        private readonly StringBuilder data = new();
        private int atX;
        private int atY;

        public void Add(int left, int top, int width, int height)
        {
            CultureInfo invariant = CultureInfo.InvariantCulture;
            data.Append(invariant, $"m{left - atX} {top - atY}h{width}v{height}h{-width}");
            (atX, atY) = (left, top + height);
        }

        public override string ToString() => data.ToString();
    }
}
