namespace Sweeps.Compute.Models;

/// <summary>
/// Everything that the laws of X_t say about one block at one time t, in data coordinates. In a block of one coordinate the second row
/// and column are inert: 1 on the diagonals of E, Σ_t and C_t (so that determinants, inverses and roots are those of the coordinate), 0
/// in A, m_t and C_t⁻¹m_t (so that products leave the coordinate as it is). C_t = Σ_t + σ² E Eᵀ therefore holds on the live coordinates
/// only.
/// </summary>
public readonly struct BlockMoments
{
    /// <param name="block">The block.</param>
    /// <param name="sigma">σ, width of the two modes at t = 0.</param>
    /// <param name="t">OU time, t ≥ 0; at t = 0 Σ_t = 0 and C_t = σ² I.</param>
    public BlockMoments(in CoordinateBlock block, double sigma, double t)
    {
        Drift = block.Drift;
        if (block.IsPair)
        {
            var pair = new WhitenedPair(block, t);
            double l1 = block.FirstRate, l2 = block.SecondRate, root = Math.Sqrt(l1 * l2), ratio = Math.Sqrt(l2 / l1);
            Matrix2 g = pair.Propagator, noise = pair.Noise;
            Propagator = new(g.A11, ratio * g.A12, g.A21 / ratio, g.A22);
            NoiseCovariance = Unwhiten(noise, l1, l2, root);
            Covariance = Unwhiten(noise + sigma * sigma * pair.Memory(l1, l2), l1, l2, root);
            Mean = Propagator * (block.FirstMode, block.SecondMode);
            Response = Covariance.Inverse() * Mean;
        }
        else
        {
            double lambda = block.FirstRate, decay = Math.Exp(-lambda * t), noise = -NearZero.Expm1(-2 * lambda * t) / lambda;
            double spread = noise + sigma * sigma * decay * decay;
            Propagator = Matrix2.Diagonal(decay, 1);
            NoiseCovariance = Matrix2.Diagonal(noise, 1);
            Covariance = Matrix2.Diagonal(spread, 1);
            Mean = (decay * block.FirstMode, 0);
            Response = (decay * block.FirstMode / spread, 0);
        }
    }

    /// <summary>A = (I + Q) U, per unit OU time.</summary>
    public Matrix2 Drift { get; }

    /// <summary>E = e^{−At}.</summary>
    public Matrix2 Propagator { get; }

    /// <summary>Σ_t = U⁻¹ − E U⁻¹ Eᵀ, covariance of X_t given X_0; relative error below 1e-9 also at t = 1e-6.</summary>
    public Matrix2 NoiseCovariance { get; }

    /// <summary>C_t = Σ_t + σ² E Eᵀ, covariance of X_t given its class.</summary>
    public Matrix2 Covariance { get; }

    /// <summary>m_t = E m.</summary>
    public (double First, double Second) Mean { get; }

    /// <summary>C_t⁻¹ m_t, the direction in which the score tells the classes apart.</summary>
    public (double First, double Second) Response { get; }

    private static Matrix2 Unwhiten(Matrix2 m, double l1, double l2, double root) =>
        new(m.A11 / l1, m.A12 / root, m.A21 / root, m.A22 / l2);
}
