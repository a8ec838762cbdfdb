using Sweeps.Compute.Devices;

namespace Sweeps.Compute.Kernels.ReverseSampler;

/// <summary>
/// Memory of the reverse runs of some samples on a device: a trunk, and a branch from each of some grid indices, longest first. Row 0 is
/// the trunk, row j the j-th branch. One for all samples and points; each begins anew.
/// </summary>
/// <param name="device">Where.</param>
/// <param name="coefficients">Those of the point; not owned.</param>
internal sealed class ReverseRunsDevice(IDevice device, ReverseCoefficientsDevice coefficients) : IDisposable
{
    /// <summary>Samples are carried in multiples of this, eight blocks of 64: then every group of threads is full.</summary>
    public const int SampleMultiple = 8 * ReverseSamplerSimd.Lanes;

    /// <summary>Most steps of the trunk between two readings of its trace.</summary>
    private const int MostTraced = 256;

    private readonly DeviceReserve<float> state = new(device);
    private readonly DeviceReserve<float> projections = new(device);
    private readonly DeviceReserve<float> trace = new(device);
    private readonly DeviceReserve<int> zeros = new(device);
    private readonly DeviceReserve<float> zeroEnds = new(device);
    private readonly DeviceReserve<int> runTable = new(device);
    private readonly DeviceReserve<int> keepTable = new(device);
    private int[] starts = [];

    public ReverseCoefficientsDevice Coefficients { get; } = coefficients;

    /// <summary>Blocks of 64 samples, padding included.</summary>
    public int Blocks { get; private set; }

    /// <summary>Samples, padding included.</summary>
    public int Samples => Blocks * ReverseSamplerSimd.Lanes;

    public int Rows => starts.Length;

    /// <summary>Most steps of the trunk in one launch.</summary>
    public int TraceSteps => Math.Min(MostTraced, Coefficients.Host.Steps);

    /// <summary>x, [row][block][coordinate][64].</summary>
    public DeviceArray<float> State => state.Array;

    /// <summary>y where each run stands, [row][sample].</summary>
    public DeviceArray<float> Projections => projections.Array;

    /// <summary>y of the trunk since its last launch began, [step][sample].</summary>
    public DeviceArray<float> Trace => trace.Array;

    /// <summary>Grid index after the step of the last zero plus one, 0 where none was seen, [sample].</summary>
    public DeviceArray<int> Zeros => zeros.Array;

    /// <summary>Positions before and after that step, [2][sample].</summary>
    public DeviceArray<float> ZeroEnds => zeroEnds.Array;

    /// <summary>Grid index where each run began, and its substream.</summary>
    public DeviceArray<int> RunTable => runTable.Array;

    /// <summary>For each grid index the row of the branch that begins there, or 0.</summary>
    public DeviceArray<int> KeepTable => keepTable.Array;

    public static int Padded(int samples) => checked((samples + SampleMultiple - 1) / SampleMultiple * SampleMultiple);

    /// <summary>Bytes a sample takes: of the largest array, and of all.</summary>
    public static (double Largest, double All) BytesPerSample(ReverseCoefficients coefficients, int branches)
    {
        double states = sizeof(float) * (1.0 + branches) * coefficients.Coordinates;
        double traces = sizeof(float) * (1.0 + Math.Min(MostTraced, coefficients.Steps));
        return (Math.Max(states, traces), states + traces + sizeof(float) * (1.0 + branches + 3));
    }

    /// <summary>Room for samples, none of which has made a step.</summary>
    /// <param name="queue">Copies the tables.</param>
    /// <param name="branches">Grid indices with branches, ascending, above 0.</param>
    /// <param name="samples">How many; rounded up to <see cref="SampleMultiple"/>.</param>
    /// <exception cref="DeviceException">Out of memory.</exception>
    public void Begin(IDeviceQueue queue, int[] branches, int samples)
    {
        starts = [Coefficients.Host.Steps, .. branches.Reverse()];
        Blocks = Padded(samples) / ReverseSamplerSimd.Lanes;
        state.AtLeast((long)Rows * Samples * Coefficients.Host.Coordinates);
        projections.AtLeast((long)Rows * Samples);
        trace.AtLeast((TraceSteps + 1L) * Samples);
        zeroEnds.AtLeast(2L * Samples).Clear(queue, 0, 2L * Samples);
        zeros.AtLeast(Samples).Clear(queue, 0, Samples);
        // The trunk's noise is that of its stream's substream 0, a branch's that of the substream of its grid index.
        runTable.AtLeast(2L * Rows).Write(queue, [.. starts.SelectMany((start, row) => new[] { start, row == 0 ? 0 : start })]);
        var keeps = new int[Coefficients.Host.Steps + 1];
        for (int row = 1; row < Rows; row++) keeps[starts[row]] = row;
        keepTable.AtLeast(keeps.Length).Write(queue, keeps);
    }

    /// <summary>Grid index where a run began.</summary>
    public int Start(int row) => starts[row];

    public void Dispose()
    {
        foreach (IDisposable array in new IDisposable[] { state, projections, trace, zeros, zeroEnds, runTable, keepTable })
            array.Dispose();
    }
}
