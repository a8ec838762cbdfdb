namespace Sweeps.Compute.Estimators;

/// <summary>
/// Delete-one-batch jackknife for batches that need not be equal: the delete-m_j jackknife of Busing, Meijer and van der Leeden (Statistics and
/// Computing 9, 3, 1999), equations (4) and (6); for equal batches it is the usual one.
/// </summary>
internal static class Jackknife
{
    /// <summary>The standard error of an estimate, or null if the estimate or one replicate does not exist.</summary>
    /// <param name="estimate">From all batches.</param>
    /// <param name="replicates">Estimate without batch j, for every j.</param>
    /// <param name="batches">Sizes of the batches.</param>
    public static double? StandardError(double? estimate, ReadOnlySpan<double?> replicates, Batches batches)
    {
        if (estimate is not double full) return null;
        int count = replicates.Length;
        double centre = count * full;
        for (int j = 0; j < count; j++)
        {
            if (replicates[j] is not double replicate) return null;
            centre -= (1 - (double)batches.Size(j) / batches.Samples) * replicate;
        }
        double variance = 0;
        for (int j = 0; j < count; j++)
        {
            double h = (double)batches.Samples / batches.Size(j);
            double pseudo = h * full - (h - 1) * replicates[j]!.Value;
            variance += (pseudo - centre) * (pseudo - centre) / (h - 1);
        }
        return Math.Sqrt(variance / count);
    }

    /// <summary>
    /// Mean over samples of a quantity given by its sums over batches, with its error; without one where all batches have the same mean, as of
    /// a fraction that is 0 or 1: they tell nothing of it.
    /// </summary>
    public static (double Mean, double? StandardError) Mean(ReadOnlySpan<double> sums, Batches batches)
    {
        double total = 0;
        foreach (double sum in sums) total += sum;
        double mean = total / batches.Samples;
        bool differ = false;
        Span<double?> replicates = stackalloc double?[sums.Length];
        for (int j = 0; j < sums.Length; j++)
        {
            differ |= sums[j] * batches.Samples != total * batches.Size(j);
            replicates[j] = (total - sums[j]) / (batches.Samples - batches.Size(j));
        }
        return (mean, differ ? StandardError(mean, replicates, batches) : null);
    }
}
