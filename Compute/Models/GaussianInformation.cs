namespace Sweeps.Compute.Models;

/// <summary>
/// Mutual information, in nats, between one Gaussian mode N(0, σ² I) and its noised state: ½ ln det(I + σ² Σ_t^{-1/2} E Eᵀ Σ_t^{-1/2}),
/// block by block.
/// </summary>
/// <param name="Value">The information; +∞ at t = 0.</param>
/// <param name="Slope">Its derivative in t: tr C_t⁻¹ − tr Σ_t⁻¹ = −σ² tr(Σ_t⁻¹ E Eᵀ C_t⁻¹).</param>
internal readonly record struct GaussianInformation(double Value, double Slope)
{
    /// <summary>Sum over the blocks of a process; O(d) unless U = I, no allocation.</summary>
    public static GaussianInformation Of(in StiffnessSpectrum spectrum, double sigma, double t)
    {
        if (spectrum.IsIsotropic) return Of(CoordinateBlock.Alone(0, 1, 0, spectrum.Dimension), sigma, t);
        double value = 0, slope = 0;
        for (long k = 0; k < spectrum.BlockCount; k++)
        {
            GaussianInformation block = Of(spectrum.Block(k), sigma, t);
            value += block.Value;
            slope += block.Slope;
        }
        return new(value, slope);
    }

    /// <summary>One block, times its multiplicity.</summary>
    public static GaussianInformation Of(in CoordinateBlock block, double sigma, double t)
    {
        if (t == 0) return new(double.PositiveInfinity, double.NegativeInfinity);
        double variance = sigma * sigma;
        if (!block.IsPair)
        {
            double lambda = block.FirstRate, memory = Math.Exp(-2 * lambda * t), noise = -NearZero.Expm1(-2 * lambda * t) / lambda;
            double ratio = variance * memory / noise;
            double each = -ratio / (noise + variance * memory);
            return new(0.5 * block.Multiplicity * NearZero.Log1p(ratio), block.Multiplicity * each);
        }
        double l1 = block.FirstRate, l2 = block.SecondRate;
        var pair = new WhitenedPair(block, t);
        Matrix2 kept = variance * pair.Memory(l1, l2), noiseInverse = pair.Noise.Inverse(), signal = noiseInverse * kept;
        // det(I + M) − 1 = tr M + det M keeps its digits where the information is small.
        double value = 0.5 * NearZero.Log1p(signal.Trace + kept.Determinant * noiseInverse.Determinant);
        Matrix2 lost = signal * (pair.Noise + kept).Inverse();
        return new(block.Multiplicity * value, -block.Multiplicity * (l1 * lost.A11 + l2 * lost.A22));
    }
}
