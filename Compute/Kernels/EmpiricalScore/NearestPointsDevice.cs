using Sweeps.Compute.Devices;

namespace Sweeps.Compute.Kernels.EmpiricalScore;

/// <summary>
/// The two training points nearest to each sample, on a device: as <see cref="NearestPoints"/>, in single precision, so that the caller
/// settles between near ones with the points themselves.
/// </summary>
internal sealed class NearestPointsDevice
{
    private const int Lanes = ProductKernel.Columns;
    private const int Segment = 128;
    private const int MostPoints = 1 << 16;
    private const int MostBlocks = 8192 / Lanes;

    private readonly IDevice device;
    private readonly IDeviceQueue queue;
    private readonly TrainingSetDevice data;
    private readonly WorkingMemory memory;
    private readonly PointPanelDevice panels;
    private readonly TileProductDevice product;
    private readonly IDeviceKernel columns;
    private readonly IDeviceKernel nearest;
    private readonly IDeviceKernel take;

    public NearestPointsDevice(IDevice device, IDeviceQueue queue, TrainingSetDevice data, WorkingMemory memory)
    {
        (this.device, this.queue, this.data, this.memory) = (device, queue, data, memory);
        (panels, product) = (new(device), new(device));
        columns = device.Load(DeviceText.Of("Kernels/EmpiricalScore/EmpiricalScore.cl")).Kernel("score_columns");
        IDeviceModule module = device.Load(DeviceText.Of("Kernels/EmpiricalScore/NearestPoints.cl"));
        (nearest, take) = (module.Kernel("panel_nearest"), module.Kernel("take_nearest"));
    }

    /// <summary>
    /// Places of the nearest and of the second nearest point of every lane, −1 for one that does not exist or is no number.
    /// </summary>
    /// <param name="x">[block][d][32].</param>
    /// <param name="blocks">Blocks of 32 samples.</param>
    public (int[] First, int[] Second) Find(DeviceArray<float> x, int blocks)
    {
        int[] first = new int[blocks * Lanes], second = new int[blocks * Lanes];
        memory.Run(() =>
        {
            long perBlock = 2L * TileProductDevice.Filled(data.Dimension) * Lanes;
            int most = (int)Math.Clamp(memory.Floats / 2 / perBlock, 1, MostBlocks);
            for (int block = 0; block < blocks; block += most)
            {
                int stride = Math.Min(most, blocks - block) * Lanes;
                long at = (long)block * data.Dimension * Lanes;
                Batch(x, at, stride, first.AsSpan(block * Lanes, stride), second.AsSpan(block * Lanes, stride));
            }
        });
        return (first, second);
    }

    private void Batch(DeviceArray<float> x, long at, int stride, Span<int> first, Span<int> second)
    {
        int d = data.Dimension, depth = TileProductDevice.Filled(d), size = memory.Points(stride + depth, Math.Min(MostPoints, data.Count));
        int groups = (stride + columns.GroupSize - 1) / columns.GroupSize, wide = (stride + nearest.GroupSize - 1) / nearest.GroupSize;
        var packed = new float[ScoreFrameDevice.Rows * d];
        ScoreFrameDevice.PackDistances(data.ModeVector, packed);
        using var own = new DeviceArrays(device);
        DeviceArray<float> frame = own.Of<float>(packed.Length), towards = own.Of<float>(2L * depth * stride);
        DeviceArray<float> offsets = own.Of<float>(2L * stride), turned = own.Of<float>((long)depth * size);
        DeviceArray<float> biases = own.Of<float>(size), products = own.Of<float>((long)size * stride);
        DeviceArray<float> exponents = own.Of<float>(2L * (size / Segment) * stride), best = own.Of<float>(2L * stride);
        DeviceArray<int> places = own.Of<int>(exponents.Length), bestAt = own.Of<int>(2L * stride);
        frame.Write(queue, packed);
        queue.Launch(columns, new(groups, 2), towards, offsets, x, frame, (ulong)at, stride, d, 0, depth);
        foreach (PointPanel panel in data.Panels(size))
        {
            int filled = panel.Filled, segments = (filled + Segment - 1) / Segment;
            panels.Turn(queue, data.Rows, panel.First, filled, d, turned);
            panels.Forms(queue, turned, filled, d, 0, frame, (long)ScoreFrameDevice.Form * d, 0, 1, biases);
            product.Multiply(queue, turned, 0, filled, towards, (long)panel.Side * depth * stride, filled, stride, depth, products);
            queue.Launch(
                nearest, new(wide, segments), exponents, places, products, biases, offsets, panel.Side * stride, panel.First, panel.Points,
                stride);
            queue.Launch(take, new(groups), best, bestAt, exponents, places, segments, panel.First == 0 ? 1 : 0, stride);
        }
        bestAt.Read(queue, first);
        bestAt.Read(queue, second, stride);
    }
}
