using Sweeps.Compute.Estimators;

namespace Sweeps.Compute.Experiments.Mixture;

/// <summary>
/// What the trajectories of a point add up to, by batch. Values in [0, 1] are summed as integers in units of 2⁻³², so that the sum is exact and does
/// not depend on the order in which blocks finish.
/// </summary>
internal sealed class SpeciationTally(int[] branches, int[] observed, Batches batches)
{
    private const double Unit = 4294967296.0;
    private readonly long[] same = new long[branches.Length * Batches.Count];
    private readonly long[] sech2 = new long[observed.Length * Batches.Count];
    private readonly long[] entropy = new long[observed.Length * Batches.Count];
    private readonly float[] commitmentTimes = new float[batches.Samples];

    /// <summary>Grid indices with branches, ascending.</summary>
    public int[] Branches { get; } = branches;

    /// <summary>Grid indices with entropy and its rate, ascending.</summary>
    public int[] Observed { get; } = observed;

    public Batches Batches { get; } = batches;

    public ReadOnlySpan<float> CommitmentTimes => commitmentTimes;

    public void AddSame(int branch, long firstSample, ReadOnlySpan<float> scores) => Add(same, branch, firstSample, scores);

    public void AddSech2(int observation, long firstSample, ReadOnlySpan<float> values) => Add(sech2, observation, firstSample, values);

    public void AddEntropy(int observation, long firstSample, ReadOnlySpan<float> values) => Add(entropy, observation, firstSample, values);

    /// <summary>Adds what was summed elsewhere: for each batch, units of 2⁻³².</summary>
    public void AddSame(int branch, ReadOnlySpan<long> units) => Add(same, branch, units);

    public void AddSech2(int observation, ReadOnlySpan<long> units) => Add(sech2, observation, units);

    public void AddEntropy(int observation, ReadOnlySpan<long> units) => Add(entropy, observation, units);

    public void SetCommitmentTimes(long firstSample, ReadOnlySpan<float> times) => times.CopyTo(commitmentTimes.AsSpan((int)firstSample));

    /// <summary>Sum over each batch of 'ended in the same class' at a branch.</summary>
    public void Same(int branch, Span<double> sums) => Read(same, branch, sums);

    public void Sech2(int observation, Span<double> sums) => Read(sech2, observation, sums);

    public void Entropy(int observation, Span<double> sums) => Read(entropy, observation, sums);

    private void Add(long[] table, int row, long firstSample, ReadOnlySpan<float> values)
    {
        for (int i = 0; i < values.Length;)
        {
            int batch = Batches.Of(firstSample + i);
            int end = (int)Math.Min(values.Length, Batches.Start(batch + 1) - firstSample);
            long sum = 0;
            for (; i < end; i++) sum += (long)(values[i] * Unit);
            Interlocked.Add(ref table[row * Batches.Count + batch], sum);
        }
    }

    private static void Add(long[] table, int row, ReadOnlySpan<long> units)
    {
        for (int batch = 0; batch < Batches.Count; batch++) Interlocked.Add(ref table[row * Batches.Count + batch], units[batch]);
    }

    private static void Read(long[] table, int row, Span<double> sums)
    {
        for (int batch = 0; batch < Batches.Count; batch++) sums[batch] = table[row * Batches.Count + batch] / Unit;
    }
}
