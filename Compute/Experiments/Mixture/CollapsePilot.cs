namespace Sweeps.Compute.Experiments.Mixture;

/// <summary>
/// Finds roughly where the participation crosses ½, by a bracketing search with few queries: a ladder of eight times, moved and widened until it
/// brackets the crossing, then a second ladder inside the bracket.
/// </summary>
internal sealed class CollapsePilot(CollapseSimulation simulation, double horizon)
{
    /// <summary>Times of a ladder.</summary>
    internal const int Rungs = 8;

    private const int MaximumMoves = 16;
    private const double SmallestTime = 1e-9;

    /// <param name="theory">Closed form of the collapse time, a first guess; null if it lies beyond the window.</param>
    /// <param name="cancellation">Stops between tiles.</param>
    /// <returns>The crossing to a fraction of its width, or null where the participation does not fall through ½ before the horizon.</returns>
    public double? Crossing(double? theory, CancellationToken cancellation)
    {
        double guess = theory ?? horizon, width = simulation.LogWidth(guess);
        double low = Math.Log(guess) - 2 * width, high = Math.Min(Math.Log(horizon), Math.Log(guess) + 4 * width), span = 6 * width;
        for (int move = 0; move < MaximumMoves; move++)
        {
            double[] ladder = Ladder(low, high);
            double[] values = simulation.Pilot([.. ladder.Select(Math.Exp)], cancellation);
            int below = Array.FindIndex(values, value => value < 0.5);
            if (below > 0) return Math.Exp(Refine(ladder[below - 1], ladder[below], cancellation));
            span *= 1.5;
            if (below == 0)
            {
                if (low <= Math.Log(SmallestTime)) return null;
                (low, high) = (low - span, low);
            }
            else
            {
                if (high >= Math.Log(horizon)) return null;
                (low, high) = (high, Math.Min(Math.Log(horizon), high + span));
            }
        }
        return null;
    }

    private double Refine(double low, double high, CancellationToken cancellation)
    {
        double[] ladder = Ladder(low, high);
        double[] values = simulation.Pilot([.. ladder.Select(Math.Exp)], cancellation);
        int below = Array.FindIndex(values, 1, value => value < 0.5);
        if (below < 0) return high;
        double share = (values[below - 1] - 0.5) / (values[below - 1] - values[below]);
        return ladder[below - 1] + share * (ladder[below] - ladder[below - 1]);
    }

    private static double[] Ladder(double low, double high) => [.. Enumerable.Range(0, Rungs).Select(i => low + (high - low) * i / (Rungs - 1))];
}
