using Sweeps.Compute.Devices;
using Sweeps.Compute.Kernels.EmpiricalScore;

namespace Sweeps.Compute.Kernels.PlantedWeights;

/// <summary>
/// The form for U ≠ I or a drift on a device: as <see cref="WhitenedWeights"/>, one product per time; all times lie side by side in one.
/// </summary>
internal sealed class WhitenedWeightsDevice : IWeightsFormDevice
{
    private const int MostPoints = 1 << 16;

    private readonly DeviceArrays arrays;
    private readonly IDevice device;
    private readonly IDeviceQueue queue;
    private readonly WorkingMemory memory;
    private readonly PointPanelDevice panels;
    private readonly TileProductDevice product;
    private readonly IDeviceKernel softmax;
    private readonly SoftmaxTableDevice table;
    private readonly DeviceArray<float> columns;
    private readonly DeviceArray<float> offsets;
    private readonly DeviceArray<float> frames;
    private readonly int dimension;
    private readonly int pairs;
    private readonly int stride;
    private readonly int times;
    private readonly int width;

    /// <param name="device">Where.</param>
    /// <param name="queue">Queue.</param>
    /// <param name="memory">What panels may take.</param>
    /// <param name="sigma">σ.</param>
    /// <param name="blocks">Coordinate blocks.</param>
    /// <param name="mode">m, in their order.</param>
    /// <param name="batch">The queries.</param>
    /// <param name="instants">OU times.</param>
    public WhitenedWeightsDevice(
        IDevice device, IDeviceQueue queue, WorkingMemory memory, double sigma, MixtureBlocks blocks, ReadOnlySpan<float> mode,
        PlantedBatch batch,
        double[] instants)
    {
        (this.device, this.queue, this.memory) = (device, queue, memory);
        (dimension, pairs, stride, times) = (batch.Dimension, blocks.Pairs.Length, batch.Stride, instants.Length);
        width = times * stride;
        (panels, product) = (new(device), new(device));
        IDeviceModule module = device.Load(DeviceText.Of("Kernels/PlantedWeights/PlantedWeights.cl"));
        softmax = module.Kernel("whitened_softmax");
        IDeviceKernel pack = module.Kernel("whitened_columns");
        arrays = new(device);
        try
        {
            int depth = TileProductDevice.Filled(dimension), size = ScoreFrameDevice.Rows * dimension;
            table = arrays.Add(new SoftmaxTableDevice(device, queue, module, width, width, Points(long.MaxValue)));
            columns = arrays.Of<float>(2L * depth * width);
            offsets = arrays.Of<float>(2L * width);
            frames = arrays.Of<float>((long)times * size);
            var packed = new float[times * size];
            for (int time = 0; time < times; time++)
                ScoreFrameDevice.Pack(new(blocks, sigma, mode, instants[time]), packed.AsSpan(time * size, size));
            frames.Write(queue, packed);
            using var own = new DeviceArrays(device);
            DeviceArray<float> rows = own.Of<float>(batch.Rows.Length), points = own.Of<float>(2L * depth * stride);
            DeviceArray<float> classes = own.Of<float>(stride);
            rows.Write(queue, batch.Rows);
            classes.Write(queue, batch.Classes);
            panels.Turn(queue, rows, 0, 2 * stride, dimension, points);
            queue.Launch(
                pack, new((stride + pack.GroupSize - 1) / pack.GroupSize, times), columns, offsets, points, classes, frames, stride,
                dimension, pairs, depth);
            queue.Finish();
        }
        catch
        {
            arrays.Dispose();
            throw;
        }
    }

    public static int LargestBatch(WorkingMemory memory, int dimension, int times) =>
        (int)Math.Clamp(
            memory.Floats / 2 / (times * (2L * TileProductDevice.Filled(dimension) + SoftmaxTableDevice.Segment)) / 4 * 4, 4, 8192);

    public void Run(TrainingPoints training, long count, CancellationToken cancellation)
    {
        int points = Points(count), places = points + 2 * TileProductDevice.Slice, depth = TileProductDevice.Filled(dimension);
        using var own = new DeviceArrays(device);
        DeviceArray<float> rows = own.Of<float>((long)places * PointPanelDevice.Stride(dimension));
        DeviceArray<float> panel = own.Of<float>((long)depth * points);
        DeviceArray<float> products = own.Of<float>((long)points * width), biases = own.Of<float>((long)times * points);
        DeviceArray<int> indices = own.Of<int>(places);
        bool begins = true;
        for (long first = 0; first < count; first += points)
        {
            var (order, sizes) = TrainingSetDevice.BySide(TrainingSetDevice.Minus(training, first, (int)Math.Min(points, count - first)));
            indices.Write(queue, order);
            panels.Make(queue, training, first, indices, order.Length, rows);
            for (int side = 0; side < 2; side++)
            {
                cancellation.ThrowIfCancellationRequested();
                if (sizes[side] == 0) continue;
                Add(new(side == 0 ? 0 : TileProductDevice.Filled(sizes[0]), sizes[side], side), rows, panel, biases, products, begins);
                begins = false;
            }
        }
        queue.Finish();
    }

    public float[] States() => table.Read();

    public void Dispose() => arrays.Dispose();

    private void Add(
        PointPanel part, DeviceArray<float> rows, DeviceArray<float> panel, DeviceArray<float> biases, DeviceArray<float> products,
        bool begins)
    {
        int filled = part.Filled, depth = TileProductDevice.Filled(dimension), size = ScoreFrameDevice.Rows * dimension;
        panels.Turn(queue, rows, part.First, filled, dimension, panel);
        panels.Forms(queue, panel, filled, dimension, pairs, frames, (long)ScoreFrameDevice.Form * dimension, size, times, biases);
        product.Multiply(queue, panel, 0, filled, columns, (long)part.Side * depth * width, part.Points, width, depth, products);
        queue.Launch(
            softmax, new((width + softmax.GroupSize - 1) / softmax.GroupSize, SoftmaxTableDevice.Segments(part.Points)), table.Partials,
            products, biases,
            offsets, table.States, (ulong)part.Side * (ulong)width, begins ? 1 : 0, part.Points, filled, stride, width);
        table.Take(0, part.Points, begins);
    }

    private int Points(long count) =>
        memory.Points(
            (long)width + times + TileProductDevice.Filled(dimension) + PointPanelDevice.Stride(dimension), Math.Min(count, MostPoints));
}
