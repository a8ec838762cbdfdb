namespace Sweeps.Compute.Estimators;

/// <summary>
/// A link of a binomial regression: the probability at a linear predictor x, rising in x, with the level that is sought at x = 0. A struct,
/// so that a fit has it inlined.
/// </summary>
internal interface ILink
{
    /// <summary>
    /// The probability, kept off its bounds, where a count in the tail would have no likelihood, and its derivative in x, above 0.
    /// </summary>
    static abstract double Probability(double x, out double slope);
}
