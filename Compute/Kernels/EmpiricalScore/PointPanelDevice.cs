using Sweeps.Compute.Devices;
using Sweeps.Compute.Random;

namespace Sweeps.Compute.Kernels.EmpiricalScore;

/// <summary>Training points on a device: made there from their stream, turned for the products, and their quadratic forms.</summary>
internal sealed class PointPanelDevice
{
    private const int Square = 32;

    private readonly IDeviceKernel centred;
    private readonly IDeviceKernel classes;
    private readonly IDeviceKernel turn;
    private readonly IDeviceKernel forms;

    public PointPanelDevice(IDevice device)
    {
        IDeviceModule module = device.Load(DeviceText.Of("Kernels/EmpiricalScore/PointPanel.cl"));
        (centred, classes) = (module.Kernel("centred_points"), module.Kernel("point_classes"));
        (turn, forms) = (module.Kernel("turn_points"), module.Kernel("quadratic_forms"));
    }

    /// <summary>Floats from one point to the next, for d coordinates: whole fours.</summary>
    public static int Stride(int dimension) => (dimension + 3) / 4 * 4;

    /// <summary>
    /// Makes points less the means of their modes, the bits of <see cref="TrainingPoints.Centred"/> where the device rounds correctly.
    /// </summary>
    /// <param name="queue">Queue.</param>
    /// <param name="training">The points.</param>
    /// <param name="first">An index μ.</param>
    /// <param name="offsets">[places]: μ less <paramref name="first"/> of each; negative for a place to be 0.</param>
    /// <param name="places">How many.</param>
    /// <param name="rows">[places][stride] to fill; what lies beyond d is left alone.</param>
    public void Make(IDeviceQueue queue, TrainingPoints training, long first, DeviceArray<int> offsets, int places, DeviceArray<float> rows)
    {
        ulong counters = (ulong)((training.Dimension + Square - 1) / Square * 8);
        queue.Launch(
            centred, LaunchGrid.Covering((ulong)places * counters, centred), rows, offsets, (ulong)first, places, training.Dimension,
            Stride(training.Dimension), training.Sigma, training.Normals.Key0, training.Normals.Key1, training.Normals.Upper0,
            training.Normals.Upper1);
    }

    /// <summary>Classes ±1 of points <paramref name="first"/> and on.</summary>
    public void Classes(IDeviceQueue queue, TrainingPoints training, long first, int count, DeviceArray<float> result)
    {
        RandomStream bits = training.ClassBits;
        queue.Launch(
            classes, LaunchGrid.Covering((ulong)count, classes), result, (ulong)first, count, bits.Key0, bits.Key1, bits.Upper0,
            bits.Upper1);
    }

    /// <summary>panel[k][place] of places <paramref name="first"/> and on, 0 beyond d.</summary>
    /// <param name="queue">Queue.</param>
    /// <param name="rows">[…][stride].</param>
    /// <param name="first">First place.</param>
    /// <param name="places">How many.</param>
    /// <param name="dimension">d.</param>
    /// <param name="panel">[d filled up to whole slices][places].</param>
    public void Turn(IDeviceQueue queue, DeviceArray<float> rows, long first, int places, int dimension, DeviceArray<float> panel)
    {
        int depth = TileProductDevice.Filled(dimension);
        queue.Launch(
            turn, new((places + Square - 1) / Square, (depth + Square - 1) / Square), panel, rows, (ulong)first, places, dimension,
            Stride(dimension), depth);
    }

    /// <summary>forms[time][place] = cᵀ K c, each sum in the order of the coordinates.</summary>
    /// <param name="queue">Queue.</param>
    /// <param name="panel">[…][places].</param>
    /// <param name="places">How many.</param>
    /// <param name="dimension">d.</param>
    /// <param name="pairs">Pairs among the coordinates.</param>
    /// <param name="matrices">K of each time by rows, [2][d], from element <paramref name="at"/> on.</param>
    /// <param name="at">Where the first K is.</param>
    /// <param name="stride">From one K to the next.</param>
    /// <param name="times">How many.</param>
    /// <param name="result">[times][places].</param>
    public void Forms(
        IDeviceQueue queue, DeviceArray<float> panel, int places, int dimension, int pairs, DeviceArray<float> matrices, long at,
        int stride, int times,
        DeviceArray<float> result) =>
        queue.Launch(
            forms, new((places + forms.GroupSize - 1) / forms.GroupSize, times), result, panel, matrices, (ulong)at, stride, places,
            dimension, pairs);
}
