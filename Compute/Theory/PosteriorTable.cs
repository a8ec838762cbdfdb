namespace Sweeps.Compute.Theory;

/// <summary>
/// The clone probability and E sech² y as functions of x = ln ρ, tabulated for code that asks millions of times. Between x = −14 and 7
/// values are within 1e-8, slopes within 1e-7 (of ln E sech²: relative to 1 + ρ); outside, <see cref="PosteriorMoments"/> answers. Built
/// on first use.
/// </summary>
public static class PosteriorTable
{
    /// <summary>Smallest x of the table.</summary>
    public const double Low = -14;

    /// <summary>End of the table.</summary>
    public const double High = 7;

    private const int PerUnit = 64;

    /// <summary>φ(e^x).</summary>
    public static double CloneProbability(double x) => CloneProbability(x, out _);

    /// <summary>φ(e^x) and its derivative in x.</summary>
    /// <exception cref="ArgumentOutOfRangeException">x is not a number.</exception>
    public static double CloneProbability(double x, out double slope)
    {
        if (x >= Low && x < High) return Nodes.Clone.At(x, out slope);
        (double value, slope) = Clone(x);
        return value;
    }

    /// <summary>ln E sech² y at ρ = e^x, and its derivative in x; −∞ where the average is below the smallest double.</summary>
    /// <exception cref="ArgumentOutOfRangeException">x is not a number.</exception>
    public static double LogMeanSech2(double x, out double slope)
    {
        if (x >= Low && x < High) return Nodes.LogSech2.At(x, out slope);
        (double value, slope) = LogSech2(x);
        return value;
    }

    private static (double Value, double Slope) Clone(double x)
    {
        double rho = Math.Exp(x);
        PosteriorAverages averages = PosteriorQuadrature.Of(rho);
        return (1 - 0.5 * averages.Sech2, averages.Sech4 == 0 ? 0 : 0.5 * rho * averages.Sech4);
    }

    private static (double Value, double Slope) LogSech2(double x)
    {
        double rho = Math.Exp(x);
        PosteriorAverages averages = PosteriorQuadrature.Of(rho);
        return averages.Sech2 == 0
            ? (double.NegativeInfinity, -rho / 2)
            : (Math.Log(averages.Sech2), -rho * averages.Sech4 / averages.Sech2);
    }

    // A class of its own, so that only the first look-up pays for the table.
    private static class Nodes
    {
        public static readonly HermiteTable Clone = new(Low, High, PerUnit, PosteriorTable.Clone);
        public static readonly HermiteTable LogSech2 = new(Low, High, PerUnit, PosteriorTable.LogSech2);
    }
}
