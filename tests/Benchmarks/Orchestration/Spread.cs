namespace Sweeps.Benchmarks.Orchestration;

/// <summary>Numbers in [0, 1) that are evenly spread in each of both arguments: fractions of multiples of irrational numbers.</summary>
internal static class Spread
{
    public static double Of(int first, int second)
    {
        double sum = first * 0.7548776662466927 + second * 0.5698402909980532;
        return sum - Math.Floor(sum);
    }
}
