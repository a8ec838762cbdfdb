using Sweeps.Compute.Devices;
using Sweeps.Compute.Models;

namespace Sweeps.Compute.Kernels.ReverseSampler;

/// <summary>
/// <see cref="ReverseCoefficients"/> on a device, with what the draw of x_T takes: the same floats as the processor's forms use. One for
/// all points; each is uploaded in turn.
/// </summary>
internal sealed class ReverseCoefficientsDevice(IDevice device) : IDisposable
{
    private const int GridStride = 4;
    private const int PairStart = 5;
    private const int SingleStart = 2;

    private readonly DeviceReserve<float> rows = new(device);
    private readonly DeviceReserve<float> grid = new(device);
    private readonly DeviceReserve<float> start = new(device);
    private ReverseCoefficients? host;

    public ReverseCoefficients Host => host ?? throw new InvalidOperationException("nothing has been uploaded");

    /// <summary>All rows, as <see cref="ReverseCoefficients.At"/> gives them one by one.</summary>
    public DeviceArray<float> Rows => rows.Array;

    /// <summary>Four floats a grid index: 2 dt, √(2 dt), 1/|u|, and the distance to the next grid time, 0 at the last.</summary>
    public DeviceArray<float> Grid => grid.Array;

    /// <summary>For each pair the symmetric root of C_T (a, b; b, c) and m_T, for each single coordinate root and mean.</summary>
    public DeviceArray<float> Start => start.Array;

    /// <summary>Coordinates that lie in pairs.</summary>
    public int Paired => 2 * Host.Pairs.Length;

    /// <exception cref="DeviceException">Out of memory.</exception>
    public void Upload(IDeviceQueue queue, ReverseCoefficients coefficients, double sigma)
    {
        host = coefficients;
        Copy(rows, coefficients.All);
        Copy(grid, GridRows(coefficients));
        Copy(start, Starts(coefficients, sigma));

        void Copy(DeviceReserve<float> to, ReadOnlySpan<float> values) => to.AtLeast(values.Length).Write(queue, values);
    }

    public void Dispose()
    {
        rows.Dispose();
        grid.Dispose();
        start.Dispose();
    }

    private static float[] GridRows(ReverseCoefficients coefficients)
    {
        var values = new float[GridStride * coefficients.Times.Length];
        for (int k = 0; k <= coefficients.Steps; k++)
        {
            values[GridStride * k] = coefficients.TwiceStep[k];
            values[GridStride * k + 1] = coefficients.Noise[k];
            values[GridStride * k + 2] = coefficients.InverseResponseNorm[k];
            values[GridStride * k + 3] = (float)(coefficients.Times[Math.Min(k + 1, coefficients.Steps)] - coefficients.Times[k]);
        }
        return values;
    }

    private static float[] Starts(ReverseCoefficients coefficients, double sigma)
    {
        var values = new float[PairStart * coefficients.Pairs.Length + SingleStart * coefficients.Singles.Length];
        int at = 0;
        foreach (CoordinateBlock block in coefficients.Pairs)
        {
            var moments = new BlockMoments(block, sigma, coefficients.Times[^1]);
            Matrix2 root = moments.Covariance.SymmetricSquareRoot();
            ReadOnlySpan<double> row = [root.A11, root.A12, root.A22, moments.Mean.First, moments.Mean.Second];
            foreach (double value in row) values[at++] = (float)value;
        }
        foreach (CoordinateBlock block in coefficients.Singles)
        {
            var moments = new BlockMoments(block, sigma, coefficients.Times[^1]);
            values[at++] = (float)Math.Sqrt(moments.Covariance.A11);
            values[at++] = (float)moments.Mean.First;
        }
        return values;
    }
}
