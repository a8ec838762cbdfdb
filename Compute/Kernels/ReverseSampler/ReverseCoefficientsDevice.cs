using System.Diagnostics.CodeAnalysis;
using Sweeps.Compute.Devices;
using Sweeps.Compute.Models;

namespace Sweeps.Compute.Kernels.ReverseSampler;

/// <summary><see cref="ReverseCoefficients"/> on a device, with what the draw of x_T takes: the same floats as the processor's forms use.</summary>
internal sealed class ReverseCoefficientsDevice : IDisposable
{
    private const int GridStride = 4;
    private const int PairStart = 5;
    private const int SingleStart = 2;

    /// <exception cref="DeviceException">Out of memory.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "owned by the fields, which Dispose lets go")]
    public ReverseCoefficientsDevice(IDevice device, IDeviceQueue queue, ReverseCoefficients coefficients, double sigma)
    {
        Host = coefficients;
        try
        {
            Rows = new(device, coefficients.All.Length);
            Grid = new(device, GridStride * (long)coefficients.Times.Length);
            float[] start = Starts(coefficients, sigma);
            Start = new(device, start.Length);
            Rows.Write(queue, coefficients.All);
            Grid.Write(queue, GridRows(coefficients));
            Start.Write(queue, start);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public ReverseCoefficients Host { get; }

    /// <summary>All rows, as <see cref="ReverseCoefficients.At"/> gives them one by one.</summary>
    public DeviceArray<float> Rows { get; }

    /// <summary>Four floats a grid index: 2 dt, √(2 dt), 1/|u|, and the distance to the next grid time, 0 at the last.</summary>
    public DeviceArray<float> Grid { get; }

    /// <summary>For each pair the symmetric root of C_T (a, b; b, c) and m_T, for each single coordinate root and mean.</summary>
    public DeviceArray<float> Start { get; }

    /// <summary>Coordinates that lie in pairs.</summary>
    public int Paired => 2 * Host.Pairs.Length;

    public void Dispose()
    {
        Rows?.Dispose();
        Grid?.Dispose();
        Start?.Dispose();
    }

    private static float[] GridRows(ReverseCoefficients coefficients)
    {
        var rows = new float[GridStride * coefficients.Times.Length];
        for (int k = 0; k <= coefficients.Steps; k++)
        {
            rows[GridStride * k] = coefficients.TwiceStep[k];
            rows[GridStride * k + 1] = coefficients.Noise[k];
            rows[GridStride * k + 2] = coefficients.InverseResponseNorm[k];
            rows[GridStride * k + 3] = (float)(coefficients.Times[Math.Min(k + 1, coefficients.Steps)] - coefficients.Times[k]);
        }
        return rows;
    }

    private static float[] Starts(ReverseCoefficients coefficients, double sigma)
    {
        var rows = new float[PairStart * coefficients.Pairs.Length + SingleStart * coefficients.Singles.Length];
        int at = 0;
        foreach (CoordinateBlock block in coefficients.Pairs)
        {
            var moments = new BlockMoments(block, sigma, coefficients.Times[^1]);
            Matrix2 root = moments.Covariance.SymmetricSquareRoot();
            ReadOnlySpan<double> row = [root.A11, root.A12, root.A22, moments.Mean.First, moments.Mean.Second];
            foreach (double value in row) rows[at++] = (float)value;
        }
        foreach (CoordinateBlock block in coefficients.Singles)
        {
            var moments = new BlockMoments(block, sigma, coefficients.Times[^1]);
            rows[at++] = (float)Math.Sqrt(moments.Covariance.A11);
            rows[at++] = (float)moments.Mean.First;
        }
        return rows;
    }
}
