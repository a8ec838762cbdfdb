namespace Sweeps.Dashboard.Plots;

/// <summary>
/// Paints the cells of a heat map: one by one with tooltips while they are few, else as one image. Values are in rising order of both axes, x
/// fastest, NaN for none.
/// </summary>
internal sealed class CellPainter(SvgWriter svg, Box frame, GridAxis x, GridAxis y, ColourScale scale, double[] values, string nullPattern)
{
    public const int MostTooltips = 5000;

    // Cells reach a little under those painted after them, or viewers that smooth edges would show hairlines between.
    private const double Overlap = 0.3;

    /// <param name="tooltip">Words of cell (i, j).</param>
    /// <param name="link">Where a click on it leads; null for nowhere. Many cells share one target: a page's script asks what is where.</param>
    public void Draw(Func<int, int, string> tooltip, Func<int, int, string>? link = null)
    {
        if (values.Length <= MostTooltips)
        {
            DrawOneByOne(tooltip, link);
            return;
        }
        DrawImage();
        if (link is not null)
            svg.Leaf("rect", [("class", "cells"), .. frame.Place, ("fill", "transparent")]);
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
                // Thousands of stops would be no way to go by keyboard. Up to 2000 cells a table beside the picture has the same links; of
                // more, the keyboard reaches a point by its own address, or by a figure with fewer cells.
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

    private void DrawImage()
    {
        // Pixels of empty cells are clear.
        bool hasNone = values.Any(double.IsNaN);
        if (hasNone)
            svg.Leaf("rect", [.. frame.Place, ("fill", Fill(-1))]);
        Rgb[] colours = [.. Enumerable.Range(0, ColourMap.Levels).Select(level => scale.Map[level])];
        byte[] png = CellImage.Encode(frame, x, y, colours, (i, j) => scale.Level(values[j * x.Centres.Length + i]), hasNone);
        svg.Leaf("image", [.. frame.Place, ("preserveAspectRatio", "none"), ("href", "data:image/png;base64," + Convert.ToBase64String(png))]);
    }

    private string Fill(int level) => level >= 0 ? scale.Map[level].Hex : $"url(#{nullPattern})";

    private double Across(double coordinate) => frame.Left + x.Axis.Coordinates.Share(coordinate) * frame.Width;

    private double Down(double coordinate) => frame.Bottom - y.Axis.Coordinates.Share(coordinate) * frame.Height;
}
