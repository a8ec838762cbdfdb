using Sweeps.Compute.Devices;
using Sweeps.Compute.Estimators;
using Sweeps.Compute.Kernels.ReverseSampler;

namespace Sweeps.Compute.Experiments.Mixture;

/// <summary>
/// What is measured on reverse runs on a device, and its sums: what comes back to the host is a number for each batch, and the steps of the
/// commitment times. One for all samples and points; each begins anew.
/// </summary>
internal sealed class SpeciationSumsDevice : IDisposable
{
    private readonly IDeviceKernel observe;
    private readonly IDeviceKernel addValues;
    private readonly IDeviceKernel addSame;
    private readonly DeviceReserve<float> sech2;
    private readonly DeviceReserve<float> entropy;
    private readonly DeviceReserve<int> observedTable;
    private readonly DeviceReserve<int> bounds;
    private readonly DeviceReserve<ulong> sums;
    private readonly DeviceReserve<int> lost;
    private int[] observed = [];

    /// <exception cref="DeviceException">The driver refuses the text.</exception>
    public SpeciationSumsDevice(IDevice device)
    {
        IDeviceModule module = device.Load(DeviceText.Of("Experiments/Mixture/Speciation.cl"));
        (observe, addValues, addSame) = (module.Kernel("observe"), module.Kernel("add_values"), module.Kernel("add_same"));
        (sech2, entropy, sums) = (new(device), new(device), new(device));
        (observedTable, bounds, lost) = (new(device), new(device), new(device));
    }

    /// <summary>Bytes a sample takes: of the largest array, and of all.</summary>
    public static (double Largest, double All) BytesPerSample(int observed) => (1.0 * sizeof(float) * observed, 2.0 * sizeof(float) * observed);

    /// <summary>Room for the observations of a tally.</summary>
    /// <param name="queue">Copies the tables.</param>
    /// <param name="runs">Runs that have begun.</param>
    /// <param name="tally">Where to measure.</param>
    /// <param name="first">Number of the first sample.</param>
    /// <param name="count">Samples that count; the rest is padding.</param>
    /// <exception cref="DeviceException">Out of memory.</exception>
    public void Begin(IDeviceQueue queue, ReverseRunsDevice runs, SpeciationTally tally, long first, int count)
    {
        observed = tally.Observed;
        sech2.AtLeast((long)observed.Length * runs.Samples);
        entropy.AtLeast((long)observed.Length * runs.Samples);
        observedTable.AtLeast(observed.Length).Write(queue, observed);
        sums.AtLeast((tally.Branches.Length + 2L * observed.Length) * Batches.Count);
        lost.AtLeast(1).Clear(queue);
        var starts = new int[Batches.Count + 1];
        for (int b = 0; b < starts.Length; b++) starts[b] = (int)Math.Clamp(tally.Batches.Start(b) - first, 0, count);
        bounds.AtLeast(starts.Length).Write(queue, starts);
    }

    /// <summary>sech² y and class entropy, from a trace that begins at grid index <paramref name="from"/> and ends after <paramref name="to"/>.</summary>
    public void Observe(IDeviceQueue queue, ReverseRunsDevice runs, int from, int to)
    {
        int first = Above(to), count = Above(from) - first;
        for (int row = first; row < first + count; row += LaunchGrid.LargestY)
            queue.Launch(observe, new(runs.Samples / observe.GroupSize, Math.Min(first + count - row, LaunchGrid.LargestY)),
                sech2.Array, entropy.Array, runs.Trace, observedTable.Array, row, from, runs.Samples);
    }

    /// <summary>Waits for runs on their way to t = 0 and adds up what came of them: all of it, or with an exception nothing.</summary>
    /// <exception cref="ArithmeticException">An end is not finite.</exception>
    public void AddTo(IDeviceQueue queue, ReverseRunsDevice runs, SpeciationTally tally, CloneScore score, long first, int count)
    {
        int branches = tally.Branches.Length;
        if (score.IsBySign && branches > 0)
            queue.Launch(addSame, new(Batches.Count, branches), sums.Array, lost.Array, runs.Projections, bounds.Array, runs.Samples);
        if (observed.Length > 0)
        {
            AddValues(branches, sech2);
            AddValues(branches + observed.Length, entropy);
        }
        var units = new long[(branches + 2 * observed.Length) * Batches.Count];
        sums.Array.Read(queue, System.Runtime.InteropServices.MemoryMarshal.Cast<long, ulong>(units.AsSpan()));
        float[] times = CommitmentTimes(queue, runs, count);
        if (score.IsBySign)
        {
            Span<int> flag = stackalloc int[1];
            lost.Array.Read(queue, flag);
            if (flag[0] != 0) throw score.Unstable();
            // Rows of branches go from the longest to the shortest, those of tallies ascend.
            for (int branch = 0; branch < branches; branch++) tally.AddSame(branch, Sums(branches - 1 - branch));
        }
        else
        {
            AddScores(queue, runs, tally, score, first, count);
        }
        for (int i = 0; i < observed.Length; i++)
        {
            tally.AddSech2(i, Sums(branches + i));
            tally.AddEntropy(i, Sums(branches + observed.Length + i));
        }
        tally.SetCommitmentTimes(first, times);

        ReadOnlySpan<long> Sums(int row) => units.AsSpan(row * Batches.Count, Batches.Count);

        void AddValues(int row, DeviceReserve<float> values) => queue.Launch(
            addValues, new(Batches.Count, observed.Length), sums.Array, row, values.Array, bounds.Array, runs.Samples);
    }

    public void Dispose()
    {
        foreach (IDisposable array in new IDisposable[] { sech2, entropy, observedTable, bounds, sums, lost }) array.Dispose();
    }

    /// <summary>Number of observed grid indices up to k.</summary>
    private int Above(int k)
    {
        int index = Array.BinarySearch(observed, k);
        return index >= 0 ? index + 1 : ~index;
    }

    /// <summary>Posterior scores are of double precision, which a device may not have.</summary>
    private static void AddScores(
        IDeviceQueue queue, ReverseRunsDevice runs, SpeciationTally tally, CloneScore score, long first, int count)
    {
        var projections = new float[(long)runs.Rows * runs.Samples];
        runs.Projections.Read(queue, projections);
        var scores = new float[tally.Branches.Length][];
        for (int branch = 0; branch < scores.Length; branch++)
        {
            scores[branch] = new float[count];
            score.Of(projections.AsSpan(0, count), projections.AsSpan((scores.Length - branch) * runs.Samples, count), scores[branch]);
        }
        for (int branch = 0; branch < scores.Length; branch++) tally.AddSame(branch, first, scores[branch]);
    }

    private static float[] CommitmentTimes(IDeviceQueue queue, ReverseRunsDevice runs, int count)
    {
        var zeros = new int[count];
        var ends = new float[2 * runs.Samples];
        runs.Zeros.Read(queue, zeros);
        runs.ZeroEnds.Read(queue, ends);
        var times = new float[count];
        for (int i = 0; i < count; i++)
        {
            times[i] = zeros[i] == 0
                ? float.PositiveInfinity
                : CommitmentTracker.ZeroTime(runs.Coefficients.Host, zeros[i] - 1, ends[i], ends[runs.Samples + i]);
        }
        return times;
    }
}
