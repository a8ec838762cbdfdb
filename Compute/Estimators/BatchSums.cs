namespace Sweeps.Compute.Estimators;

/// <summary>Sums over batches of several quantities, and their totals without one batch. The sums are multiples of 2⁻³², so nothing is lost.</summary>
internal sealed class BatchSums(int rows)
{
    private readonly double[] sums = new double[rows * Batches.Count];
    private readonly double[] totals = new double[rows];

    /// <summary>The batch sums of one quantity, to be filled in.</summary>
    public Span<double> Row(int row) => sums.AsSpan(row * Batches.Count, Batches.Count);

    /// <summary>Makes the totals; called once, when all rows are filled.</summary>
    public void AddUp()
    {
        for (int row = 0; row < totals.Length; row++)
        {
            totals[row] = 0;
            foreach (double sum in Row(row)) totals[row] += sum;
        }
    }

    /// <summary>Totals without a batch; with all of them for −1.</summary>
    public void Leaving(int batch, Span<double> remaining)
    {
        for (int row = 0; row < totals.Length; row++) remaining[row] = totals[row] - (batch < 0 ? 0 : sums[row * Batches.Count + batch]);
    }
}
