namespace Sweeps.Benchmarks;

/// <summary>
/// Means over the queries of what the score job makes, by which the sides are held to the same work.
/// </summary>
/// <param name="LogSum">Log-sum-exp of −|x − e^{−t}a|²/(2Δ_t), nats.</param>
/// <param name="Participation">Σ w².</param>
/// <param name="LargestWeight">max w.</param>
/// <param name="IndexSum">Sum, not mean, of the indices of the largest weights.</param>
/// <param name="MeanSquare">Mean square of the components of Σ w a.</param>
internal readonly record struct ScoreOutcome(
    double LogSum, double Participation, double LargestWeight, long IndexSum, double MeanSquare);
