using Sweeps.Compute.Schedules;

namespace Sweeps.Compute.Experiments.Mixture;

/// <summary>
/// How a pair of a trunk and its branch counts (physics §3): 1 for pairs that end in the same class, 0 for others; where modes overlap, the
/// posterior probability of the same class.
/// </summary>
internal sealed class CloneScore(GaussianMixturePoint point)
{
    private readonly ScheduleKind schedule = point.Schedule.Kind;

    /// <summary>Whether only the signs of the ends count. Closer modes overlap, and the sign no longer says the class.</summary>
    public bool IsBySign { get; } = point.Mixture.ModeNorm >= 4 * point.Mixture.Sigma;

    /// <param name="trunkEnd">y of the trunks at t = 0.</param>
    /// <param name="branchEnd">y of the branches there.</param>
    /// <param name="scores">One for each pair.</param>
    /// <exception cref="ArithmeticException">An end is not finite.</exception>
    public void Of(ReadOnlySpan<float> trunkEnd, ReadOnlySpan<float> branchEnd, Span<float> scores)
    {
        for (int i = 0; i < scores.Length; i++)
        {
            if (!float.IsFinite(trunkEnd[i]) || !float.IsFinite(branchEnd[i]))
                throw Unstable();
            scores[i] = IsBySign
                ? (trunkEnd[i] >= 0) == (branchEnd[i] >= 0) ? 1f : 0f
                : (float)(0.5 + 0.5 * Math.Tanh(trunkEnd[i]) * Math.Tanh(branchEnd[i]));
        }
    }

    /// <summary>What an end that is not finite is answered with.</summary>
    public ArithmeticException Unstable() => UnstableRun.Of(schedule);
}
