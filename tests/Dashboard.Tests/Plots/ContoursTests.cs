using Sweeps.Dashboard.Plots;

namespace Sweeps.Dashboard.Tests.Plots;

public class ContoursTests
{
    private static Field Sampled(int count, double low, double high, Func<double, double, double> f)
    {
        double[] at = [.. Enumerable.Range(0, count).Select(i => low + (high - low) * i / (count - 1))];
        return new(at, at, [.. at.SelectMany(y => at.Select(x => f(x, y)))]);
    }

    [Fact]
    public void A_plane_gives_one_straight_line_at_the_exact_place()
    {
        ContourLine line = Assert.Single(Contours.Of(Sampled(7, 0, 1, (x, y) => 2 * x + y), 1.3));

        Assert.NotEqual(line.Points[0], line.Points[^1]);
        Assert.All(line.Points, p => Assert.Equal(1.3, 2 * p.X + p.Y, 12));
        Assert.Equal([0.15, 0.65], new[] { line.Points[0].X, line.Points[^1].X }.Order().Select(x => Math.Round(x, 12)));
    }

    [Fact]
    public void A_plane_on_uneven_spacing_is_still_exact()
    {
        double[] x = [0, 1, 10, 100], y = [0, 5, 6];
        Field field = new(x, y, [.. y.SelectMany(b => x.Select(a => a + b))]);

        Assert.All(Contours.Of(field, 7.5).SelectMany(line => line.Points), p => Assert.Equal(7.5, p.X + p.Y, 12));
    }

    [Fact]
    public void A_cone_gives_one_closed_circle_of_the_right_radius()
    {
        ContourLine line = Assert.Single(Contours.Of(Sampled(81, -2, 2, (x, y) => Math.Sqrt(x * x + y * y)), 1.23));

        Assert.Equal(line.Points[0], line.Points[^1]);
        // Linear interpolation of a convex function over an edge of h = 0.05 errs by at most h²/(8r) = 2.5e-4.
        Assert.All(line.Points, p => Assert.Equal(1.23, Math.Sqrt(p.X * p.X + p.Y * p.Y), 3e-4));
        double circumference = line.Points.Zip(line.Points.Skip(1), (a, b) => a.DistanceTo(b)).Sum();
        Assert.Equal(2 * Math.PI * 1.23, circumference, 0.01);
    }

    [Theory]
    [InlineData(1, 0, 1, 0, 0.4)]
    [InlineData(1, 0, 1, 0, 0.6)]
    [InlineData(0, 1, 0, 1, 0.4)]
    [InlineData(0, 1, 0, 1, 0.6)]
    public void At_a_saddle_the_middle_lies_on_the_side_that_its_mean_says(double southWest, double southEast, double northEast,
        double northWest, double level)
    {
        Field field = new([0, 1], [0, 1], [southWest, southEast, northWest, northEast]);

        IReadOnlyList<ContourLine> lines = Contours.Of(field, level);

        Assert.Equal(2, lines.Count);
        // The mean is 0.5: above the level the high corners are joined, so each line cuts off a low corner; below it the other way round.
        double cutOff = 0.5 >= level ? 0 : 1;
        foreach (ContourLine line in lines)
        {
            PaperPoint corner = new(Math.Round(line.Points.Average(p => p.X)), Math.Round(line.Points.Average(p => p.Y)));
            Assert.Equal(cutOff, field[(int)corner.X, (int)corner.Y]);
        }
    }

    [Fact]
    public void A_missing_value_breaks_the_line_around_its_squares()
    {
        Field whole = Sampled(9, 0, 8, (x, _) => x);
        double[] values = [.. whole.Values];
        values[4 * 9 + 3] = double.NaN;

        IReadOnlyList<ContourLine> lines = Contours.Of(whole with { Values = values }, 3.5);

        Assert.Equal(2, lines.Count);
        Assert.Equal([0.0, 3, 5, 8], lines.SelectMany(l => new[] { l.Points[0].Y, l.Points[^1].Y }).Order());
        Assert.Single(Contours.Of(whole, 3.5));
    }

    [Fact]
    public void A_level_outside_the_field_or_a_field_of_nothing_has_no_lines()
    {
        Assert.Empty(Contours.Of(Sampled(4, 0, 1, (x, _) => x), 2));
        Assert.Empty(Contours.Of(Sampled(4, 0, 1, (_, _) => double.NaN), 0));
        Assert.Empty(Contours.Of(new([], [], []), 0));
    }

    [Fact]
    public void A_level_on_the_nodes_still_gives_one_line()
    {
        ContourLine line = Assert.Single(Contours.Of(Sampled(5, 0, 4, (x, _) => x), 2));

        Assert.All(line.Points, p => Assert.Equal(2, p.X));
    }

    [Fact]
    public void Thinning_keeps_the_ends_and_strays_less_than_a_hair()
    {
        PaperPoint[] points = [.. Enumerable.Range(0, 400).Select(i => new PaperPoint(i, 50 * Math.Sin(i / 60.0)))];

        IReadOnlyList<PaperPoint> thin = Polyline.Thinned(points);

        Assert.Equal((points[0], points[^1]), (thin[0], thin[^1]));
        Assert.InRange(thin.Count, 10, 200);
        foreach (PaperPoint p in points)
        {
            int after = Math.Max(1, thin.ToList().FindIndex(q => q.X >= p.X));
            PaperPoint a = thin[after - 1], b = thin[after];
            Assert.Equal(a.Y + (p.X - a.X) / (b.X - a.X) * (b.Y - a.Y), p.Y, 0.1);
        }
    }
}
