namespace Sweeps.Compute.Kernels.EmpiricalScore;

/// <summary>
/// The matrices of a time as device texts read them, [9][d]: Σ_t^{−1/2}, log₂ e · Wᵀ, W m, −½ log₂ e · K, W; a matrix has two rows.
/// </summary>
internal static class ScoreFrameDevice
{
    public const int Rows = 9;

    /// <summary>The first row of −½ log₂ e · K.</summary>
    public const int Form = 5;

    /// <param name="frame">The matrices.</param>
    /// <param name="packed">[9][d] to fill.</param>
    public static void Pack(ScoreFrame frame, Span<float> packed)
    {
        int d = frame.WhitenedMode.Length, pairs = frame.PairForms.Length / 3;
        frame.NoiseToUnit.Rows(packed[..(2 * d)]);
        frame.ToColumns.Rows(packed.Slice(2 * d, 2 * d));
        frame.WhitenedMode.CopyTo(packed[(4 * d)..]);
        Span<float> own = packed.Slice(Form * d, d), partner = packed.Slice((Form + 1) * d, d);
        partner.Clear();
        for (int p = 0; p < pairs; p++)
            (own[2 * p], partner[2 * p], own[2 * p + 1]) = (frame.PairForms[3 * p], frame.PairForms[3 * p + 1], frame.PairForms[3 * p + 2]);
        frame.SingleForms.CopyTo(own[(2 * pairs)..]);
        frame.Whitening.Rows(packed.Slice(7 * d, 2 * d));
    }

    /// <summary>
    /// A frame in which exponents are −½ |x − a_μ|², in units of log 2 like the others: the largest is the nearest point's.
    /// </summary>
    /// <param name="mode">m.</param>
    /// <param name="packed">[9][d] to fill.</param>
    public static void PackDistances(ReadOnlySpan<float> mode, Span<float> packed)
    {
        int d = mode.Length;
        packed.Clear();
        packed[..d].Fill(1);
        packed.Slice(2 * d, d).Fill((float)ScoreFrame.Log2E);
        mode.CopyTo(packed[(4 * d)..]);
        packed.Slice(Form * d, d).Fill((float)(-0.5 * ScoreFrame.Log2E));
        packed.Slice(7 * d, d).Fill(1);
    }
}
