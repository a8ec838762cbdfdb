namespace Sweeps.Compute.Theory;

/// <summary>erf, erfc and their inverse in double precision.</summary>
public static class ErrorFunction
{
    private const double TwoOverRootPi = 1.1283791670955126;

    // Series below, trapezoid rule above: there the rule's pole term is small beside erfc, and the series' terms have not grown yet.
    private const double Split = 1.5;
    private const double Step = 0.5;

    // e^{−k²h²} for k = 1 … 12; the next is below 1e-18.
    private static readonly double[] Gaussian = [.. Enumerable.Range(1, 12).Select(k => Math.Exp(-k * k * Step * Step))];

    /// <summary>erf x, to 1e-15 absolute.</summary>
    public static double Erf(double x) => Math.Abs(x) < Split ? Series(x) : Math.Sign(x) * (1 - Tail(Math.Abs(x)));

    /// <summary>1 − erf x, to 1e-13 relative for positive x.</summary>
    public static double Erfc(double x) => x >= Split ? Tail(x) : x <= -Split ? 2 - Tail(-x) : 1 - Series(x);

    /// <summary>
    /// The x with erf x = <paramref name="y"/>, to 1e-14 (1 + |x|) wherever 1 − |y| is no smaller than 1e-3; beyond, as far as y has the
    /// digits.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">|y| &gt; 1 or not a number; ±1 give ±∞.</exception>
    public static double InverseErf(double y)
    {
        if (!(Math.Abs(y) <= 1)) throw new ArgumentOutOfRangeException(nameof(y), y, "erf lies between −1 and 1");
        if (Math.Abs(y) == 1) return y * double.PositiveInfinity;
        // Start: Winitzki's approximation, 2e-3 relative. Then Halley's steps, of third order.
        double l = Math.Log((1 - y) * (1 + y)), b = 2 / (Math.PI * 0.147) + l / 2;
        double x = Math.Sign(y) * Math.Sqrt(Math.Max(0, Math.Sqrt(b * b - l / 0.147) - b));
        for (int i = 0; i < 4; i++)
        {
            // Near ±1 the difference of the tails has the digits.
            double excess = Math.Abs(y) < 0.5 ? Erf(x) - y : Math.Sign(y) * (1 - Math.Abs(y) - Erfc(Math.Abs(x)));
            double newton = excess / (TwoOverRootPi * Math.Exp(-x * x));
            x -= newton / (1 + x * newton);
        }
        return x;
    }

    // erf x = (2/√π) e^{−x²} Σ 2ⁿ x^{2n+1}/(2n+1)!!, all terms of one sign.
    private static double Series(double x)
    {
        double square = 2 * x * x, term = x, sum = x;
        for (int n = 3; Math.Abs(term) > 1e-17 * Math.Abs(sum); n += 2)
        {
            term *= square / n;
            sum += term;
        }
        return TwoOverRootPi * Math.Exp(-x * x) * sum;
    }

    // erfc x = (x/π) e^{−x²} ∫ e^{−u²}/(u² + x²) du by the trapezoid rule, with the residue of the pole at u = ix taken out.
    private static double Tail(double x)
    {
        double square = x * x, sum = 1 / square;
        for (int k = 1; k <= Gaussian.Length; k++) sum += 2 * Gaussian[k - 1] / (k * k * Step * Step + square);
        double pole = x < Math.PI / Step ? 2 / (Math.Exp(2 * Math.PI * x / Step) - 1) : 0;
        return Step * x / Math.PI * Math.Exp(-square) * sum - pole;
    }
}
