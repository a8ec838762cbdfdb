using Sweeps.Compute.Theory;

namespace Sweeps.Compute.Tests.Theory;

public class RootFindingTests
{
    [Theory]
    [InlineData(0.0)]
    [InlineData(1e-6)]
    [InlineData(-4.9)]
    [InlineData(4.9)]
    public void A_root_is_found_from_any_start_also_where_plain_Newton_diverges(double start)
    {
        Assert.Equal(0.3, RootFinding.Newton(new Arctangent(0.3), rising: true, -5, 5, start, 1e-12), 1e-12);
        Assert.Equal(0.3, RootFinding.Newton(new Falling(0.3), rising: false, -5, 5, start, 1e-12), 1e-10);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(-4.99999)]
    [InlineData(4.99999)]
    public void The_secant_method_finds_it_too(double root)
    {
        var arctangent = new Arctangent(root);
        Assert.Equal(root, RootFinding.Secant(arctangent, -5, Value(-5), 5, Value(5), 1e-12), 1e-11);
        double Value(double x) => ((IScalarFunction)arctangent).At(x);
    }

    [Fact]
    public void A_function_that_is_not_a_number_is_an_error()
    {
        Assert.Throws<ArithmeticException>(() => RootFinding.Newton(new Arctangent(double.NaN), rising: true, 0, 1, 0.5, 1e-9));
        Assert.Throws<ArithmeticException>(() => RootFinding.Secant(new Arctangent(double.NaN), 0, -1, 1, 1, 1e-9));
    }

    private readonly struct Arctangent(double root) : IDifferentiable, IScalarFunction
    {
        public (double Value, double Slope) At(double x) => (Math.Atan(20 * (x - root)), 20 / (1 + 400 * (x - root) * (x - root)));

        double IScalarFunction.At(double x) => At(x).Value;
    }

    // A cubic with a flat place at −2.
    private readonly struct Falling(double root) : IDifferentiable
    {
        public (double Value, double Slope) At(double x)
        {
            double u = x + 2, r = root + 2;
            return (r * r * r - u * u * u, -3 * u * u);
        }
    }
}
