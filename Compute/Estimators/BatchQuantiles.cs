namespace Sweeps.Compute.Estimators;

/// <summary>Quantiles of a sample and, without sorting again, of the sample with one batch left out.</summary>
internal sealed class BatchQuantiles
{
    private readonly float[] sorted;
    private readonly int[] places;
    private readonly Batches batches;

    /// <param name="values">One per sample, in sample order; +∞ stands for 'beyond the window'.</param>
    /// <param name="batches">The batches of those samples.</param>
    public BatchQuantiles(ReadOnlySpan<float> values, Batches batches)
    {
        this.batches = batches;
        sorted = values.ToArray();
        var batch = new int[sorted.Length];
        for (int b = 0; b < Batches.Count; b++) batch.AsSpan((int)batches.Start(b), (int)batches.Size(b)).Fill(b);
        Array.Sort(sorted, batch);
        places = new int[sorted.Length];
        Span<int> next = stackalloc int[Batches.Count];
        for (int b = 0; b < Batches.Count; b++) next[b] = (int)batches.Start(b);
        for (int place = 0; place < batch.Length; place++) places[next[batch[place]]++] = place;
    }

    /// <summary>The quantile (linear interpolation between order statistics) with its jackknife error; null beyond the window.</summary>
    public (double? Value, double? StandardError) Quantile(double probability)
    {
        double? full = Without([], probability);
        Span<double?> replicates = stackalloc double?[Batches.Count];
        for (int b = 0; b < Batches.Count; b++)
            replicates[b] = Without(places.AsSpan((int)batches.Start(b), (int)batches.Size(b)), probability);
        return (full, Jackknife.StandardError(full, replicates, batches));
    }

    /// <param name="left">Places in sorted order of the samples to leave out, ascending.</param>
    /// <param name="probability">In (0, 1).</param>
    private double? Without(ReadOnlySpan<int> left, double probability)
    {
        double rank = probability * (sorted.Length - left.Length - 1);
        int below = (int)rank;
        double value = sorted[PlaceOf(left, below)];
        if (rank > below) value += (rank - below) * (sorted[PlaceOf(left, below + 1)] - value);
        return double.IsFinite(value) ? value : null;
    }

    /// <summary>Where the sample of a rank among the others stands among all.</summary>
    private static int PlaceOf(ReadOnlySpan<int> left, int rank)
    {
        foreach (int place in left)
        {
            if (place > rank) break;
            rank++;
        }
        return rank;
    }
}
