namespace Sweeps.Benchmarks.Orchestration;

/// <summary>How long calls took. Not for several threads at once.</summary>
internal sealed class Latencies
{
    private readonly List<double> milliseconds = [];

    public int Count => milliseconds.Count;

    public double SumSeconds => milliseconds.Sum() / 1000;

    public void Add(TimeSpan taken) => milliseconds.Add(taken.TotalMilliseconds);

    public void Add(Latencies others) => milliseconds.AddRange(others.milliseconds);

    /// <summary>The smallest that this share of all does not exceed, in milliseconds; NaN without any.</summary>
    public double Quantile(double share)
    {
        if (milliseconds.Count == 0) return double.NaN;
        double[] sorted = [.. milliseconds.Order()];
        return sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
    }
}
