namespace Sweeps.Compute.Estimators;

/// <summary>Quantiles of a sample and, without sorting again, of the sample with one batch left out.</summary>
internal sealed class BatchQuantiles
{
    private readonly float[] sorted;
    private readonly int[] batch;
    private readonly Batches batches;

    /// <param name="values">One per sample, in sample order; +∞ stands for 'beyond the window'.</param>
    /// <param name="batches">The batches of those samples.</param>
    public BatchQuantiles(ReadOnlySpan<float> values, Batches batches)
    {
        this.batches = batches;
        sorted = values.ToArray();
        batch = new int[sorted.Length];
        for (int b = 0; b < Batches.Count; b++) batch.AsSpan((int)batches.Start(b), (int)batches.Size(b)).Fill(b);
        Array.Sort(sorted, batch);
    }

    /// <summary>The quantile (linear interpolation between order statistics) with its jackknife error; null where it falls beyond the window.</summary>
    public (double? Value, double? StandardError) Quantile(double probability)
    {
        double? full = Without(-1, sorted.Length, probability);
        Span<double?> replicates = stackalloc double?[Batches.Count];
        for (int b = 0; b < Batches.Count; b++) replicates[b] = Without(b, sorted.Length - (int)batches.Size(b), probability);
        return (full, Jackknife.StandardError(full, replicates, batches));
    }

    private double? Without(int left, int count, double probability)
    {
        double rank = probability * (count - 1);
        int below = (int)rank;
        int i = -1;
        for (int seen = -1; seen < below;)
            if (batch[++i] != left) seen++;
        double value = sorted[i];
        if (rank > below)
        {
            do i++;
            while (batch[i] == left);
            value += (rank - below) * (sorted[i] - value);
        }
        return double.IsFinite(value) ? value : null;
    }
}
