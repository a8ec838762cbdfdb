using Sweeps.Compute.Models;

namespace Sweeps.Compute.Theory;

/// <summary>Averages over y ~ N(ρ, ρ), the posterior's argument given class +.</summary>
/// <param name="Sech2">E sech² y.</param>
/// <param name="Sech4">E sech⁴ y = −d/dρ E sech² y.</param>
/// <param name="Entropy">E h(p), nats.</param>
internal readonly record struct PosteriorAverages(double Sech2, double Sech4, double Entropy);

/// <summary>
/// Averages over N(ρ, ρ) by the trapezoid rule. For even g, E g(y) = e^{−ρ/2}/√(2πρ) ∫ cosh(y) g(y) e^{−y²/2ρ} dy; each integrand is
/// analytic for |Im y| &lt; π/2 and decays at least like y e^{−|y|}, so the error falls like e^{−π²/h} and, from the Gaussian,
/// e^{−2π²ρ/h²}: with h = min(¼, ½√ρ) both are below 1e-11.
/// </summary>
internal static class PosteriorQuadrature
{
    private const double WideStep = 0.25;
    private const double NarrowStep = 0.5;

    // Where e^{−y} is below 1e-18 of the whole.
    private const int WideNodes = 168;
    private const int NarrowNodes = 19;

    // Beyond this ρ every average is below the smallest double.
    private const double Vanishing = 1490;

    private static readonly PosteriorAverages[] Wide = [.. Enumerable.Range(0, WideNodes).Select(k => Integrand(k * WideStep))];
    private static readonly double[] Gaussian =
        [.. Enumerable.Range(0, NarrowNodes).Select(k => Math.Exp(-0.5 * k * k * NarrowStep * NarrowStep))];

    /// <exception cref="ArgumentOutOfRangeException">ρ is negative or not a number.</exception>
    public static PosteriorAverages Of(double rho)
    {
        if (!(rho >= 0)) throw new ArgumentOutOfRangeException(nameof(rho), rho, "the signal-to-noise must be at least 0");
        if (rho == 0) return new(1, 1, Math.Log(2));
        if (rho > Vanishing) return default;
        return rho < WideStep ? Narrow(rho) : FixedNodes(rho);
    }

    // h = ¼: the integrands are tabulated, the Gaussian follows from e^{−(k+1)²a} = e^{−k²a} · e^{−(2k+1)a}.
    private static PosteriorAverages FixedNodes(double rho)
    {
        double a = WideStep * WideStep / (2 * rho), ratio = Math.Exp(-a), square = ratio * ratio, gaussian = 1;
        double sech2 = 0.5 * Wide[0].Sech2, sech4 = 0.5 * Wide[0].Sech4, entropy = 0.5 * Wide[0].Entropy;
        for (int k = 1; k < Wide.Length; k++)
        {
            gaussian *= ratio;
            ratio *= square;
            ref readonly PosteriorAverages node = ref Wide[k];
            sech2 += gaussian * node.Sech2;
            sech4 += gaussian * node.Sech4;
            entropy += gaussian * node.Entropy;
            if (gaussian < 1e-19) break;
        }
        double weight = 2 * WideStep * Math.Exp(-rho / 2) / Math.Sqrt(2 * Math.PI * rho);
        return new(weight * sech2, weight * sech4, weight * entropy);
    }

    // h = ½√ρ: the Gaussian is tabulated.
    private static PosteriorAverages Narrow(double rho)
    {
        double step = NarrowStep * Math.Sqrt(rho), sech2 = 0.5, sech4 = 0.5, entropy = 0.5 * Math.Log(2);
        for (int k = 1; k < Gaussian.Length; k++)
        {
            PosteriorAverages node = Integrand(k * step);
            sech2 += Gaussian[k] * node.Sech2;
            sech4 += Gaussian[k] * node.Sech4;
            entropy += Gaussian[k] * node.Entropy;
        }
        double weight = 2 * NarrowStep * Math.Exp(-rho / 2) / Math.Sqrt(2 * Math.PI);
        return new(weight * sech2, weight * sech4, weight * entropy);
    }

    // cosh y times sech², sech⁴ and h = ln 2cosh y − y tanh y, for y ≥ 0 in terms of u = e^{−2y}.
    private static PosteriorAverages Integrand(double y)
    {
        double e = Math.Exp(-y), u = e * e, sech = 2 * e / (1 + u);
        return new(sech, sech * sech * sech, (NearZero.Log1p(u) + 2 * y * u / (1 + u)) / sech);
    }
}
