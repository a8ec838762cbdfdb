namespace Sweeps.Compute.Estimators;

/// <summary>The 32 batches of consecutive samples, as equal as can be, over which errors are estimated (physics §8).</summary>
/// <param name="Samples">Samples in all, at least <see cref="Count"/>.</param>
internal readonly record struct Batches(long Samples)
{
    public const int Count = 32;

    /// <summary>First sample of a batch.</summary>
    public long Start(int batch) => Samples / Count * batch + Samples % Count * batch / Count;

    public long Size(int batch) => Start(batch + 1) - Start(batch);

    /// <summary>The batch that holds a sample.</summary>
    public int Of(long sample)
    {
        int batch = (int)Math.Min(Count - 1, sample / Math.Max(1, Samples / Count));
        while (Start(batch) > sample) batch--;
        return batch;
    }
}
