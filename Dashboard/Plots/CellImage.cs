namespace Sweeps.Dashboard.Plots;

/// <summary>
/// Many cells as a picture of pixels. Where the cells of a side are equally wide on paper, each is a whole number of pixels; else, and where
/// there are more cells than pixels, each pixel shows the cell at its middle.
/// </summary>
internal static class CellImage
{
    // At print size 288 dots an inch.
    private const double PixelsPerPoint = 4;

    /// <param name="frame">Where on paper the cells are.</param>
    /// <param name="x">Cells from left to right.</param>
    /// <param name="y">Cells from below.</param>
    /// <param name="colours">Colour of each level, at most 256.</param>
    /// <param name="levelOf">Level of cell (i, j), -1 for none.</param>
    /// <param name="hasNone">Whether a cell has none.</param>
    /// <returns>A PNG that fills the frame.</returns>
    public static byte[] Encode(Box frame, GridAxis x, GridAxis y, IReadOnlyList<Rgb> colours, Func<int, int, int> levelOf, bool hasNone)
    {
        int[] columns = CellsAt(x, frame.Width);
        int[] rows = CellsAt(y, frame.Height);
        Array.Reverse(rows);
        // With 256 levels there is no room for none: then the two highest levels, which nobody can tell apart, are one.
        Rgb?[] palette = hasNone ? [null, .. colours.Take(PngImage.MostColours - 1)] : [.. colours];
        byte[]?[] lines = new byte[y.Centres.Length][];
        foreach (int j in rows)
            lines[j] ??= [.. columns.Select(i => (byte)Math.Min(levelOf(i, j) + (hasNone ? 1 : 0), palette.Length - 1))];
        return PngImage.Encode(columns.Length, rows, lines!, palette);
    }

    /// <summary>Of each pixel along a side, the cell that it shows.</summary>
    internal static int[] CellsAt(GridAxis axis, double length)
    {
        int cells = axis.Centres.Length;
        double[] ends = [.. axis.Edges.Select(axis.Axis.Coordinates.Share)];
        int room = Math.Max((int)Math.Ceiling(length * PixelsPerPoint), 1);
        // A quarter of a pixel cannot be seen.
        bool isEven = ends.Index().All(end => Math.Abs(end.Item - (double)end.Index / cells) * room < 0.25);
        if (isEven && cells <= room)
        {
            int each = (int)Math.Round((double)room / cells);
            return [.. Enumerable.Range(0, cells * each).Select(pixel => pixel / each)];
        }
        int[] shown = new int[room];
        int cell = 0;
        for (int pixel = 0; pixel < room; pixel++)
        {
            while (cell < cells - 1 && ends[cell + 1] <= (pixel + 0.5) / room)
                cell++;
            shown[pixel] = cell;
        }
        return shown;
    }
}
