using Sweeps.Compute.Estimators;

namespace Sweeps.Compute.Tests.Estimators;

public class ChebyshevCrossingTests
{
    [Fact]
    public void A_polynomial_of_lower_degree_than_nodes_is_found_again()
    {
        double[] nodes = ChebyshevCrossing.Nodes(-1, 3, 6), values = [.. nodes.Select(Polynomial)];
        Assert.True(nodes.SequenceEqual(nodes.Order()) && nodes[0] > -1 && nodes[^1] < 3);
        for (double x = -1; x <= 3; x += 0.01) Assert.Equal(Polynomial(x), ChebyshevCrossing.Interpolate(nodes, values, x), 1e-12);
        foreach (double x in nodes) Assert.Equal(Polynomial(x), ChebyshevCrossing.Interpolate(nodes, values, x));

        static double Polynomial(double x) => 1 + x * (2 + x * (-0.3 + x * (0.7 + x * (0.2 - 0.1 * x))));
    }

    [Fact]
    public void The_crossing_of_a_sigmoid_is_exact_to_2e_5_of_its_width()
    {
        // The shape of the participation across ±0.8 widths, the crossing anywhere inside.
        foreach (double centre in new[] { -0.5, 0, 0.123, 0.6 })
        {
            double[] nodes = ChebyshevCrossing.Nodes(-0.8, 0.8, 8), values = [.. nodes.Select(x => 0.5 * (1 - Math.Tanh(x - centre)))];
            Assert.Equal(centre, ChebyshevCrossing.FallingCrossing(nodes, values, 0.5)!.Value, 2e-5);
        }
    }

    [Fact]
    public void Ends_that_bracket_nothing_give_null()
    {
        double[] nodes = ChebyshevCrossing.Nodes(0, 1, 4);
        Assert.Null(ChebyshevCrossing.FallingCrossing(nodes, [0.1, 0.2, 0.8, 0.9], 0.5));
        Assert.Null(ChebyshevCrossing.FallingCrossing(nodes, [0.9, 0.8, 0.7, 0.6], 0.5));
        Assert.Null(ChebyshevCrossing.FallingCrossing(nodes, [0.4, 0.3, 0.2, 0.1], 0.5));
    }

    [Fact]
    public void Values_that_are_not_finite_are_an_error_not_an_absent_crossing()
    {
        double[] nodes = ChebyshevCrossing.Nodes(0, 1, 4);
        Assert.Throws<ArithmeticException>(() => ChebyshevCrossing.FallingCrossing(nodes, [double.NaN, 0.8, 0.2, 0.1], 0.5));
        Assert.Throws<ArithmeticException>(() => ChebyshevCrossing.FallingCrossing(nodes, [0.9, double.NaN, 0.2, 0.1], 0.5));
        Assert.Throws<ArithmeticException>(() => ChebyshevCrossing.FallingCrossing(nodes, [0.9, 0.8, 0.2, double.NegativeInfinity], 0.5));
    }
}
