using Sweeps.Compute.Devices;

namespace Sweeps.Compute.Kernels.EmpiricalScore;

/// <summary>
/// A training set held on a device: points centred on their own mode, those of class + before those of class −, each class filled up with
/// zeroes to whole slices of terms.
/// </summary>
internal sealed class TrainingSetDevice : IDisposable
{
    private readonly int[] offsets;
    private readonly int[] sizes;
    private readonly float[] mode;

    /// <summary>Points of the mixture, made on the device.</summary>
    /// <param name="device">Where.</param>
    /// <param name="queue">For the making.</param>
    /// <param name="training">The points.</param>
    /// <param name="count">n ≥ 1.</param>
    /// <exception cref="DeviceException">Out of memory.</exception>
    public TrainingSetDevice(IDevice device, IDeviceQueue queue, TrainingPoints training, int count)
        : this(device, Minus(training, 0, count), training.ModeVector)
    {
        try
        {
            using var places = new DeviceArray<int>(device, offsets.Length);
            places.Write(queue, offsets);
            Rows.Clear(queue);
            new PointPanelDevice(device).Make(queue, training, 0, places, offsets.Length, Rows);
            queue.Finish();
        }
        catch
        {
            Rows.Dispose();
            throw;
        }
    }

    /// <summary>Points as they are.</summary>
    /// <param name="device">Where.</param>
    /// <param name="queue">For the copying.</param>
    /// <param name="points">[n][d], all of one class at the origin.</param>
    /// <param name="dimension">d.</param>
    /// <exception cref="ArgumentException">The numbers do not make whole points, at least one.</exception>
    /// <exception cref="DeviceException">Out of memory.</exception>
    public TrainingSetDevice(IDevice device, IDeviceQueue queue, ReadOnlySpan<float> points, int dimension)
        : this(device, new bool[TrainingSet.WholePoints(points.Length, dimension)], new float[dimension])
    {
        try
        {
            int stride = PointPanelDevice.Stride(dimension);
            Rows.Clear(queue);
            if (stride == dimension) Rows.Write(queue, points);
            else
                for (int i = 0; i < Count; i++) Rows.Write(queue, points.Slice(i * dimension, dimension), (long)i * stride);
        }
        catch
        {
            Rows.Dispose();
            throw;
        }
    }

    private TrainingSetDevice(IDevice device, bool[] minus, ReadOnlySpan<float> mode)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(minus.Length, 1);
        (Count, this.mode) = (minus.Length, mode.ToArray());
        (offsets, sizes) = BySide(minus);
        Rows = new(device, (long)offsets.Length * PointPanelDevice.Stride(Dimension));
    }

    public int Count { get; }

    public int Dimension => mode.Length;

    /// <summary>m in the order of the coordinates.</summary>
    public ReadOnlySpan<float> ModeVector => mode;

    /// <summary>[place][stride].</summary>
    public DeviceArray<float> Rows { get; }

    /// <summary>
    /// Places of a run of points by class, + before −: offsets from the first, −1 where a place fills up; and the sizes of both classes.
    /// </summary>
    public static (int[] Offsets, int[] Sizes) BySide(ReadOnlySpan<bool> minus)
    {
        List<int>[] sides = [[], []];
        for (int i = 0; i < minus.Length; i++) sides[minus[i] ? 1 : 0].Add(i);
        int[] sizes = [sides[0].Count, sides[1].Count];
        foreach (List<int> side in sides)
            while (side.Count % TileProductDevice.Slice != 0) side.Add(-1);
        return ([.. sides[0], .. sides[1]], sizes);
    }

    /// <summary>Whether training points are of class −.</summary>
    public static bool[] Minus(TrainingPoints training, long first, int count)
    {
        var minus = new bool[count];
        training.AreMinus(first, minus);
        return minus;
    }

    /// <summary>The set in panels, class by class.</summary>
    /// <param name="largest">Most points of a panel, a multiple of 128.</param>
    public IEnumerable<PointPanel> Panels(int largest) =>
        PointPanel.Cut(0, sizes[0], 0, largest).Concat(PointPanel.Cut(TileProductDevice.Filled(sizes[0]), sizes[1], 1, largest));

    /// <summary>The index μ of the point at a place.</summary>
    public int IndexOf(int place) => offsets[place];

    public void Dispose() => Rows.Dispose();
}
