namespace Sweeps.Compute.Theory;

/// <summary>A function of one variable with its derivative; a struct, so that root finding inlines it and allocates nothing.</summary>
internal interface IDifferentiable
{
    (double Value, double Slope) At(double x);
}

/// <summary>A function of one variable.</summary>
internal interface IScalarFunction
{
    double At(double x);
}

/// <summary>Roots inside a bracket.</summary>
internal static class RootFinding
{
    private const int MostSteps = 400;

    /// <summary>
    /// Newton's method kept inside a shrinking bracket: a step that leaves the bracket, or does not halve the step before the last, is a
    /// bisection.
    /// </summary>
    /// <param name="function">
    /// Changes sign once between <paramref name="low"/> and <paramref name="high"/>; the ends are not evaluated.
    /// </param>
    /// <param name="rising">Whether it is negative at <paramref name="low"/>.</param>
    /// <param name="low">Lower end.</param>
    /// <param name="high">Upper end.</param>
    /// <param name="start">First guess; the middle is taken if it is not inside.</param>
    /// <param name="tolerance">Size of the last step, absolute; at a simple root the error is of its square.</param>
    /// <exception cref="ArithmeticException">The function is not a number, or no root was found.</exception>
    public static double Newton<TFunction>(in TFunction function, bool rising, double low, double high, double start, double tolerance)
        where TFunction : struct, IDifferentiable
    {
        double x = start > low && start < high ? start : 0.5 * (low + high);
        double step = high - low, previous = step;
        for (int i = 0; i < MostSteps; i++)
        {
            (double value, double slope) = function.At(x);
            if (value == 0) return x;
            if (double.IsNaN(value)) throw new ArithmeticException($"the function whose root is sought is not a number at {x:R}");
            if (value > 0 == rising) high = x;
            else low = x;
            double next = x - value / slope;
            // Before the bracket is asked: at the root's rounding a good step may leave it by a hair.
            if (Math.Abs(next - x) <= tolerance) return Math.Clamp(next, low, high);
            bool accept = next > low && next < high && Math.Abs(next - x) <= 0.5 * previous;
            if (!accept) next = 0.5 * (low + high);
            previous = step;
            step = Math.Abs(next - x);
            if (high - low <= tolerance || next == low || next == high) return next;
            x = next;
        }
        throw new ArithmeticException($"no root found between {low:R} and {high:R}");
    }

    /// <summary>
    /// Anderson and Björck's form of the secant method inside a bracket, order 1.7; bisects when the bracket stops shrinking.
    /// </summary>
    /// <param name="function">The function.</param>
    /// <param name="low">One end.</param>
    /// <param name="atLow">The function there, of the sign opposite to <paramref name="atHigh"/>.</param>
    /// <param name="high">The other end.</param>
    /// <param name="atHigh">The function there.</param>
    /// <param name="tolerance">Size of the last step, absolute.</param>
    /// <exception cref="ArithmeticException">The function is not a number, or no root was found.</exception>
    public static double Secant<TFunction>(in TFunction function, double low, double atLow, double high, double atHigh, double tolerance)
        where TFunction : struct, IScalarFunction
    {
        double last = double.NaN;
        for (int i = 0; i < MostSteps; i++)
        {
            double x = i % 8 == 7 ? 0.5 * (low + high) : (low * atHigh - high * atLow) / (atHigh - atLow);
            if (!(x > low && x < high)) x = 0.5 * (low + high);
            double value = function.At(x);
            if (double.IsNaN(value)) throw new ArithmeticException($"the function whose root is sought is not a number at {x:R}");
            if (value == 0 || Math.Abs(x - last) <= tolerance || high - low <= tolerance) return x;
            last = x;
            // The end that stays is weighed down, or it would stay for ever.
            if (value > 0 == atHigh > 0)
            {
                double kept = 1 - value / atHigh;
                atLow *= kept > 0 ? kept : 0.5;
                (high, atHigh) = (x, value);
            }
            else
            {
                double kept = 1 - value / atLow;
                atHigh *= kept > 0 ? kept : 0.5;
                (low, atLow) = (x, value);
            }
        }
        throw new ArithmeticException($"no root found between {low:R} and {high:R}");
    }
}
