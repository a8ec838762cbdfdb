namespace Sweeps.Compute.Models;

/// <summary>
/// Moments of a coupled pair in the coordinates Y = U^{1/2} X, in which the stationary law is N(0, I) and A becomes
/// B = λ̄ I + [[−a, w], [−w, a]], with λ̄ the mean of the two λ, a = (λ₂ − λ₁)/2 ≥ 0 and w = q √(λ₁λ₂) (= γ a).
/// With δ² = a² − w², c = e^{−λ̄t} cosh δt and s = e^{−λ̄t} sinh(δt)/δ:
/// G = e^{−Bt} = [[c + a s, −w s], [w s, c − a s]], and, as cosh² − sinh² = 1,
/// I − G Gᵀ = (1 − e^{−2λ̄t}) I − 2 a s [[c + a s, w s], [w s, a s − c]], which loses no digits at small t.
/// </summary>
internal readonly struct WhitenedPair
{
    // Below this |δt|² both functions come from their series, whose next term is then below 1e-18.
    private const double SeriesLimit = 0.01;

    public WhitenedPair(in CoordinateBlock block, double t)
    {
        double mean = 0.5 * (block.FirstRate + block.SecondRate), a = 0.5 * (block.SecondRate - block.FirstRate);
        double w = block.Coupling * Math.Sqrt(block.FirstRate * block.SecondRate);
        double deltaSquared = (a - w) * (a + w), z = deltaSquared * t * t;
        double c, s, fast;
        if (Math.Abs(z) < SeriesLimit)
        {
            double e = Math.Exp(-mean * t);
            c = e * (1 + z / 2 * (1 + z / 12 * (1 + z / 30 * (1 + z / 56 * (1 + z / 90)))));
            s = e * t * (1 + z / 6 * (1 + z / 20 * (1 + z / 42 * (1 + z / 72 * (1 + z / 110)))));
            fast = c - a * s;
        }
        else if (z > 0)
        {
            double delta = Math.Sqrt(deltaSquared);
            double slowDecay = Math.Exp(-(mean - delta) * t), fastDecay = Math.Exp(-(mean + delta) * t);
            c = 0.5 * (slowDecay + fastDecay);
            s = 0.5 * (slowDecay - fastDecay) / delta;
            // c − a s without the cancellation of the slow decay: δ − a = −w²/(δ + a).
            fast = fastDecay - s * w * w / (delta + a);
        }
        else
        {
            double omega = Math.Sqrt(-deltaSquared), e = Math.Exp(-mean * t);
            (double sin, double cos) = Math.SinCos(omega * t);
            c = e * cos;
            s = e * sin / omega;
            fast = c - a * s;
        }
        double slow = c + a * s, noise = -NearZero.Expm1(-2 * mean * t), mixed = -2 * a * w * s * s;
        Propagator = new(slow, -w * s, w * s, fast);
        Noise = new(noise - 2 * a * s * slow, mixed, mixed, noise + 2 * a * s * fast);
    }

    /// <summary>G = e^{−Bt} = U^{1/2} E U^{−1/2}.</summary>
    public Matrix2 Propagator { get; }

    /// <summary>I − G Gᵀ = U^{1/2} Σ_t U^{1/2}.</summary>
    public Matrix2 Noise { get; }

    /// <summary>G U Gᵀ = U^{1/2} E Eᵀ U^{1/2}: the spread that unit-variance data keeps.</summary>
    public Matrix2 Memory(double firstRate, double secondRate)
    {
        Matrix2 g = Propagator;
        double mixed = firstRate * g.A11 * g.A21 + secondRate * g.A12 * g.A22;
        return new(
            firstRate * g.A11 * g.A11 + secondRate * g.A12 * g.A12, mixed, mixed, firstRate * g.A21 * g.A21 + secondRate * g.A22 * g.A22);
    }
}
