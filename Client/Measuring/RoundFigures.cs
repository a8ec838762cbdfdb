namespace Sweeps.Client.Measuring;

/// <summary>What the slices of one rate make: the best, and the median of their fractions of the peak.</summary>
internal sealed class RoundFigures
{
    private readonly List<double> fractions = [];

    /// <summary>Units per second of the fastest slice.</summary>
    public double Best { get; private set; }

    public void Add(Slice slice) => Best = Math.Max(Best, slice.PerSecond);

    /// <param name="slice">One slice.</param>
    /// <param name="peak">The slices of the peak around it.</param>
    public void Add(Slice slice, Slice peak)
    {
        Add(slice);
        fractions.Add(slice.PerSecond / peak.PerSecond);
    }

    /// <summary>Median of the fractions, of which there must be one.</summary>
    public double MedianFraction()
    {
        fractions.Sort();
        int middle = fractions.Count / 2;
        return fractions.Count % 2 == 1 ? fractions[middle] : 0.5 * (fractions[middle - 1] + fractions[middle]);
    }
}
