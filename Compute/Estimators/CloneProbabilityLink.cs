using Sweeps.Compute.Theory;

namespace Sweeps.Compute.Estimators;

/// <summary>φ(e^x), the clone probability of two classes with x = ln ρ (physics §3); φ(1) = 0.7752 at x = 0.</summary>
internal readonly struct CloneProbabilityLink : ILink
{
    public static double Probability(double x, out double slope) =>
        Math.Clamp(PosteriorTable.CloneProbability(Math.Clamp(x, -13, 6), out slope), 0.5 + 1e-9, 1 - 1e-9);
}
