namespace Sweeps.Compute.Models;

/// <summary>
/// The forward process of a given dimension, stiffness κ and drift γ: λ_i linear from 2/(1+κ) to 2κ/(1+κ); with drift, coordinate i and
/// its mirror image are coupled by q = γ |λ_i − λ_j| / (2 √(λ_i λ_j)). Blocks are made on demand, in the order of their first coordinate.
/// </summary>
internal readonly record struct StiffnessSpectrum(long Dimension, double Stiffness, double Drift)
{
    /// <summary>U = I, where drift has no effect either.</summary>
    public bool IsIsotropic => Stiffness == 1 || Dimension == 1;

    /// <summary>Whether blocks have two coordinates (but for the middle one of an odd dimension).</summary>
    public bool IsPaired => Drift > 0 && !IsIsotropic;

    public long BlockCount => IsPaired ? (Dimension + 1) / 2 : Dimension;

    /// <summary>Smallest λ.</summary>
    public double SlowestRate => Rate(0);

    /// <summary>Largest λ.</summary>
    public double FastestRate => Rate(Dimension - 1);

    /// <summary>
    /// A bound on |A|, per unit OU time. Moments change this fast at first, however close together the eigenvalues of A are: A is not
    /// normal.
    /// </summary>
    public double DriftBound => FastestRate * (1 + Block(0).Coupling);

    /// <summary>λ of a coordinate, from 0.</summary>
    public double Rate(long index)
    {
        if (IsIsotropic) return 1;
        // Both ends from one weight each, so that λ of mirror images add up to 2 and the smallest keeps its digits.
        double up = index / (double)(Dimension - 1), down = (Dimension - 1 - index) / (double)(Dimension - 1);
        return 2 * (down + Stiffness * up) / (1 + Stiffness);
    }

    /// <summary>The k-th block, without mode.</summary>
    public CoordinateBlock Block(long k)
    {
        long mirror = Dimension - 1 - k;
        if (!IsPaired || mirror == k) return CoordinateBlock.Alone(k, Rate(k), 0);
        double slow = Rate(k), fast = Rate(mirror);
        return new(k, mirror, slow, fast, Drift * (fast - slow) / (2 * Math.Sqrt(slow * fast)), 0, 0);
    }
}
