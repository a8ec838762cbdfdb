namespace Sweeps.Grains.Tests.Datasets.Parquet;

/// <summary>Pseudo-random bits from a seed (SplitMix64), the same on every machine.</summary>
internal sealed class Mixer(ulong seed)
{
    private ulong state = seed;

    public ulong Bits()
    {
        ulong mixed = state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    public int Below(int limit) => (int)(Bits() % (ulong)limit);

    public T Any<T>(params ReadOnlySpan<T> values) => values[Below(values.Length)];
}
