using System.Diagnostics.CodeAnalysis;
using Sweeps.Compute.Devices;

namespace Sweeps.Compute.Kernels.ReverseSampler;

/// <summary>
/// Memory of the reverse runs of some samples on a device: a trunk, and a branch from each of some grid indices, longest first. Row 0 is the
/// trunk, row j the j-th branch.
/// </summary>
internal sealed class ReverseRunsDevice : IDisposable
{
    /// <summary>Samples are carried in multiples of this, eight blocks of 64: then every group of threads is full.</summary>
    public const int SampleMultiple = 8 * ReverseSamplerSimd.Lanes;

    /// <summary>Most steps of the trunk between two readings of its trace.</summary>
    public const int MostTraced = 256;

    private readonly int[] starts;

    /// <param name="device">Where.</param>
    /// <param name="queue">Copies the tables.</param>
    /// <param name="coefficients">Those of the point; not owned.</param>
    /// <param name="branches">Grid indices with branches, ascending, above 0.</param>
    /// <param name="observed">Grid indices with observations, ascending, above 0.</param>
    /// <param name="samples">How many; rounded up to <see cref="SampleMultiple"/>.</param>
    /// <exception cref="DeviceException">Out of memory.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "owned by the fields, which Dispose lets go")]
    public ReverseRunsDevice(
        IDevice device, IDeviceQueue queue, ReverseCoefficientsDevice coefficients, int[] branches, int[] observed, int samples)
    {
        Coefficients = coefficients;
        Blocks = Padded(samples) / ReverseSamplerSimd.Lanes;
        starts = [coefficients.Host.Steps, .. branches.Reverse()];
        Observed = observed;
        TraceSteps = Math.Min(MostTraced, coefficients.Host.Steps);
        var keeps = new int[coefficients.Host.Steps + 1];
        for (int row = 1; row < Rows; row++) keeps[starts[row]] = row;
        try
        {
            State = new(device, (long)Rows * Samples * coefficients.Host.Coordinates);
            Projections = new(device, (long)Rows * Samples);
            Trace = new(device, (TraceSteps + 1L) * Samples);
            Sech2 = new(device, (long)observed.Length * Samples);
            Entropy = new(device, (long)observed.Length * Samples);
            Zeros = new(device, Samples);
            ZeroEnds = new(device, 2L * Samples);
            RunTable = new(device, 2L * Rows);
            KeepTable = new(device, keeps.Length);
            ObservedTable = new(device, observed.Length);
            // The trunk's noise is that of its stream's substream 0, a branch's that of the substream of its grid index.
            RunTable.Write(queue, [.. starts.SelectMany((start, row) => new[] { start, row == 0 ? 0 : start })]);
            KeepTable.Write(queue, keeps);
            ObservedTable.Write(queue, observed);
            Zeros.Clear(queue);
            ZeroEnds.Clear(queue);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public ReverseCoefficientsDevice Coefficients { get; }

    /// <summary>Blocks of 64 samples, padding included.</summary>
    public int Blocks { get; }

    /// <summary>Samples, padding included.</summary>
    public int Samples => Blocks * ReverseSamplerSimd.Lanes;

    public int Rows => starts.Length;

    public int[] Observed { get; }

    /// <summary>Most steps of the trunk in one launch.</summary>
    public int TraceSteps { get; }

    /// <summary>x, [row][block][coordinate][64].</summary>
    public DeviceArray<float> State { get; }

    /// <summary>y where each run stands, [row][sample].</summary>
    public DeviceArray<float> Projections { get; }

    /// <summary>y of the trunk since its last launch began, [step][sample].</summary>
    public DeviceArray<float> Trace { get; }

    /// <summary>[observation][sample]</summary>
    public DeviceArray<float> Sech2 { get; }

    /// <summary>[observation][sample]</summary>
    public DeviceArray<float> Entropy { get; }

    /// <summary>Grid index after the step of the last zero plus one, 0 where none was seen, [sample].</summary>
    public DeviceArray<int> Zeros { get; }

    /// <summary>Positions before and after that step, [2][sample].</summary>
    public DeviceArray<float> ZeroEnds { get; }

    /// <summary>Grid index where each run began, and its substream.</summary>
    public DeviceArray<int> RunTable { get; }

    /// <summary>For each grid index the row of the branch that begins there, or 0.</summary>
    public DeviceArray<int> KeepTable { get; }

    public DeviceArray<int> ObservedTable { get; }

    /// <summary>Grid index where a run began.</summary>
    public int Start(int row) => starts[row];

    public static int Padded(int samples) => checked((samples + SampleMultiple - 1) / SampleMultiple * SampleMultiple);

    /// <summary>Bytes a sample takes: of the largest array, and of all.</summary>
    public static (double Largest, double All) BytesPerSample(ReverseCoefficients coefficients, int branches, int observed)
    {
        double state = sizeof(float) * (1.0 + branches) * coefficients.Coordinates;
        double trace = sizeof(float) * (1.0 + Math.Min(MostTraced, coefficients.Steps));
        return (Math.Max(state, trace), state + trace + sizeof(float) * (1.0 + branches + 2.0 * observed + 3));
    }

    public void Dispose()
    {
        foreach (IDisposable? array in new IDisposable?[]
            { State, Projections, Trace, Sech2, Entropy, Zeros, ZeroEnds, RunTable, KeepTable, ObservedTable })
            array?.Dispose();
    }
}
