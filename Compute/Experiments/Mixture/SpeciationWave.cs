using Sweeps.Compute.Devices;
using Sweeps.Compute.Kernels.ReverseSampler;

namespace Sweeps.Compute.Experiments.Mixture;

/// <summary>What a wave of samples on a device measured, on the host: all or nothing of it comes to be in a tally.</summary>
internal sealed class SpeciationWave
{
    private readonly long first;
    private readonly int count;
    private readonly int stride;
    private readonly float[] projections;
    private readonly float[] sech2;
    private readonly float[] entropy;
    private readonly int[] zeros;
    private readonly float[] zeroEnds;

    private SpeciationWave(ReverseRunsDevice runs, long first, int count)
    {
        (this.first, this.count, stride) = (first, count, runs.Samples);
        projections = new float[runs.Projections.Length];
        (sech2, entropy) = (new float[runs.Sech2.Length], new float[runs.Entropy.Length]);
        (zeros, zeroEnds) = (new int[runs.Zeros.Length], new float[runs.ZeroEnds.Length]);
    }

    /// <summary>Waits for the runs to end and copies what came of them.</summary>
    /// <param name="queue">The queue that they run on.</param>
    /// <param name="runs">The runs, on their way to t = 0.</param>
    /// <param name="first">Number of their first sample.</param>
    /// <param name="count">Samples that count; the rest is padding.</param>
    public static SpeciationWave Read(IDeviceQueue queue, ReverseRunsDevice runs, long first, int count)
    {
        var wave = new SpeciationWave(runs, first, count);
        runs.Projections.Read(queue, wave.projections);
        runs.Sech2.Read(queue, wave.sech2);
        runs.Entropy.Read(queue, wave.entropy);
        runs.Zeros.Read(queue, wave.zeros);
        runs.ZeroEnds.Read(queue, wave.zeroEnds);
        return wave;
    }

    /// <exception cref="ArithmeticException">A trajectory left the finite numbers.</exception>
    public void AddTo(SpeciationTally tally, CloneScore score, ReverseCoefficients coefficients)
    {
        var scores = new float[count];
        for (int branch = 0; branch < tally.Branches.Length; branch++)
        {
            // Rows of branches go from the longest to the shortest, those of tallies ascend.
            score.Of(Row(projections, 0), Row(projections, tally.Branches.Length - branch), scores);
            tally.AddSame(branch, first, scores);
        }
        for (int observation = 0; observation < tally.Observed.Length; observation++)
        {
            tally.AddSech2(observation, first, Row(sech2, observation));
            tally.AddEntropy(observation, first, Row(entropy, observation));
        }
        for (int i = 0; i < count; i++)
        {
            scores[i] = zeros[i] == 0
                ? float.PositiveInfinity
                : CommitmentTracker.ZeroTime(coefficients, zeros[i] - 1, zeroEnds[i], zeroEnds[stride + i]);
        }
        tally.SetCommitmentTimes(first, scores);
    }

    private ReadOnlySpan<float> Row(float[] table, int row) => table.AsSpan(row * stride, count);
}
