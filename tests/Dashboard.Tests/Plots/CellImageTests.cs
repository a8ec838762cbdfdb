using Sweeps.Dashboard.Plots;

namespace Sweeps.Dashboard.Tests.Plots;

public class CellImageTests
{
    private static GridAxis Axis(IEnumerable<double> values, AxisScale scale = AxisScale.Linear) =>
        new(PlotAxis.Numbers("x", "1", values, scale));

    [Theory]
    [InlineData(1, 100)]
    [InlineData(7, 100)]
    [InlineData(90, 181.3)]
    [InlineData(400, 100)]
    public void Cells_of_one_width_have_the_same_number_of_pixels(int cells, double length)
    {
        int[] shown = CellImage.CellsAt(Axis(Enumerable.Range(0, cells).Select(i => 0.1 * i)), length);

        Assert.Equal(Enumerable.Range(0, cells), shown.Distinct());
        Assert.Single(shown.CountBy(cell => cell).Select(cell => cell.Value).Distinct());
        Assert.InRange(shown.Length / length, 2.6, 6);
    }

    [Fact]
    public void Cells_of_one_width_on_a_logarithmic_axis_have_the_same_number_of_pixels()
    {
        int[] shown = CellImage.CellsAt(Axis(Enumerable.Range(0, 31).Select(i => Math.Pow(10, -2 + i / 10.0)), AxisScale.Logarithmic), 100);

        Assert.Single(shown.CountBy(cell => cell).Select(cell => cell.Value).Distinct());
    }

    [Fact]
    public void Of_cells_of_many_widths_each_pixel_shows_the_one_at_its_middle()
    {
        var axis = Axis([0, 1, 2, 4, 8, 8.5, 20]);
        int[] shown = CellImage.CellsAt(axis, 50);

        Assert.Equal(200, shown.Length);
        for (int pixel = 0; pixel < shown.Length; pixel++)
        {
            double middle = axis.Edges[0] + (pixel + 0.5) / 200 * (axis.Edges[^1] - axis.Edges[0]);
            Assert.InRange(middle, axis.Edges[shown[pixel]], axis.Edges[shown[pixel] + 1]);
        }
    }

    [Fact]
    public void More_cells_than_pixels_are_shown_by_every_so_manieth()
    {
        int[] shown = CellImage.CellsAt(Axis(Enumerable.Range(0, 1001).Select(i => (double)i)), 25);

        Assert.Equal(100, shown.Length);
        Assert.Equal(Enumerable.Range(0, 100).Select(pixel => (int)((pixel + 0.5) * 10.01)), shown);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void All_levels_have_their_colours_but_the_highest_where_a_cell_is_empty(bool hasEmpty)
    {
        Rgb[] colours = [.. Enumerable.Range(0, 256).Select(level => new Rgb((byte)level, 7, 7))];
        var axis = Axis(Enumerable.Range(0, 257).Select(i => (double)i));

        var read = DecodedPng.Of(CellImage.Encode(new Box(0, 0, 257, 1), axis, Axis([0]), colours,
            (i, _) => i < 256 ? i : hasEmpty ? -1 : 0, hasEmpty));

        int each = read.Width / 257;
        Assert.Equal(
            [.. colours.Take(255), colours[hasEmpty ? 254 : 255], hasEmpty ? null : colours[0]],
            Enumerable.Range(0, 257).Select(i => read[i * each, 0]));
    }

    [Fact]
    public void Rows_run_upwards_and_columns_to_the_right()
    {
        Rgb[] colours = [.. Enumerable.Range(0, 6).Select(level => new Rgb((byte)(40 * level), 7, 7))];

        var read = DecodedPng.Of(CellImage.Encode(new Box(0, 0, 30, 20), Axis([1, 2, 3]), Axis([0, 5]), colours,
            (i, j) => (i, j) == (2, 1) ? -1 : j * 3 + i, hasNone: true));

        Assert.Equal((colours[0], colours[2], colours[3]), (read[0, read.Height - 1], read[read.Width - 1, read.Height - 1], read[0, 0]));
        Assert.Null(read[read.Width - 1, 0]);
    }
}
