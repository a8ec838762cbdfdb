using Sweeps.Compute.Devices;
using Sweeps.Compute.Kernels.EmpiricalScore;

namespace Sweeps.Compute.Kernels.PlantedWeights;

/// <summary>
/// The form for U = I on a device: as <see cref="IsotropicWeights"/>, two products per query and training point serve all times.
/// </summary>
internal sealed class IsotropicWeightsDevice : IWeightsFormDevice
{
    /// <summary>Times of one launch.</summary>
    private const int Times = 8;

    private const int MostPoints = 1 << 16;

    private readonly DeviceArrays arrays;
    private readonly IDeviceQueue queue;
    private readonly PointPanelDevice panels;
    private readonly TileProductDevice product;
    private readonly IDeviceKernel softmax;
    private readonly SoftmaxTableDevice table;
    private readonly DeviceArray<float> columns;
    private readonly DeviceArray<float> queries;
    private readonly DeviceArray<float> coefficients;
    private readonly DeviceArray<float> norm;
    private readonly WorkingMemory memory;
    private readonly IDevice device;
    private readonly float mode;
    private readonly int dimension;
    private readonly int stride;
    private readonly int times;

    /// <param name="device">Where.</param>
    /// <param name="queue">Queue.</param>
    /// <param name="memory">What panels may take.</param>
    /// <param name="mode">|m|, data units.</param>
    /// <param name="batch">The queries.</param>
    /// <param name="instants">OU times.</param>
    public IsotropicWeightsDevice(
        IDevice device, IDeviceQueue queue, WorkingMemory memory, float mode, PlantedBatch batch, double[] instants)
    {
        (this.device, this.queue, this.memory, this.mode) = (device, queue, memory, mode);
        (dimension, stride, times) = (batch.Dimension, batch.Stride, (instants.Length + Times - 1) / Times * Times);
        (panels, product) = (new(device), new(device));
        IDeviceModule module = device.Load(DeviceText.Of("Kernels/PlantedWeights/PlantedWeights.cl"));
        softmax = module.Kernel("isotropic_softmax");
        arrays = new(device);
        try
        {
            int depth = TileProductDevice.Filled(dimension);
            table = arrays.Add(new SoftmaxTableDevice(device, queue, module, times * stride, Times * stride, Points(long.MaxValue)));
            columns = arrays.Of<float>(2L * depth * stride);
            queries = arrays.Of<float>(5L * stride);
            coefficients = arrays.Of<float>(2L * times);
            norm = arrays.Of<float>(2L * dimension);
            queries.Write(queue, TakeFirstCoordinates(batch));
            using var rows = new DeviceArray<float>(device, batch.Rows.Length);
            rows.Write(queue, batch.Rows);
            panels.Turn(queue, rows, 0, 2 * stride, dimension, columns);
            coefficients.Write(queue, Coefficients(instants, times));
            norm.Write(queue, [0, .. Enumerable.Repeat(1f, dimension - 1), .. new float[dimension]]);
            queue.Finish();
        }
        catch
        {
            arrays.Dispose();
            throw;
        }
    }

    public static int LargestBatch(WorkingMemory memory, int dimension) =>
        (int)Math.Clamp(memory.Floats / 2 / (2L * TileProductDevice.Filled(dimension) + 2 * SoftmaxTableDevice.Segment), 4, 8192);

    public void Run(TrainingPoints training, long count, CancellationToken cancellation)
    {
        int points = Points(count), depth = TileProductDevice.Filled(dimension);
        using var own = new DeviceArrays(device);
        DeviceArray<float> rows = own.Of<float>((long)points * PointPanelDevice.Stride(dimension));
        DeviceArray<float> panel = own.Of<float>((long)depth * points);
        DeviceArray<float> products = own.Of<float>(2L * points * stride), norms = own.Of<float>(points), classes = own.Of<float>(points);
        DeviceArray<int> offsets = own.Of<int>(points);
        offsets.Write(queue, [.. Enumerable.Range(0, points)]);
        for (long first = 0; first < count; first += points)
        {
            cancellation.ThrowIfCancellationRequested();
            int here = (int)Math.Min(points, count - first), filled = TileProductDevice.Filled(here);
            panels.Classes(queue, training, first, here, classes);
            panels.Make(queue, training, first, offsets, filled, rows);
            panels.Turn(queue, rows, 0, filled, dimension, panel);
            panels.Forms(queue, panel, filled, dimension, 0, norm, 0, 0, 1, norms);
            product.Multiply(queue, panel, 0, filled, columns, 0, here, 2 * stride, depth, products);
            for (int time = 0; time < times; time += Times)
            {
                queue.Launch(
                    softmax, new((stride + softmax.GroupSize - 1) / softmax.GroupSize, SoftmaxTableDevice.Segments(here)), table.Partials,
                    products, norms,
                    panel, classes, queries, coefficients, table.States, time, times, first == 0 ? 1 : 0, here, stride, mode);
                table.Take(time * stride, here, first == 0);
            }
        }
        queue.Finish();
    }

    public float[] States() => table.Read();

    public void Dispose() => arrays.Dispose();

    private int Points(long count) =>
        memory.Points(2L * stride + TileProductDevice.Filled(dimension) + PointPanelDevice.Stride(dimension), Math.Min(count, MostPoints));

    /// <summary>
    /// [5][stride]: squared norm of the planted point and its product with the noise, both without the first coordinate and in the order of
    /// the products; the first coordinates, which stay out of the products; the class.
    /// </summary>
    private static float[] TakeFirstCoordinates(PlantedBatch batch)
    {
        int stride = PointPanelDevice.Stride(batch.Dimension);
        var queries = new float[5 * batch.Stride];
        for (int q = 0; q < batch.Stride; q++)
        {
            Span<float> point = batch.Rows.AsSpan(q * stride, stride), noise = batch.Rows.AsSpan((batch.Stride + q) * stride, stride);
            (queries[2 * batch.Stride + q], queries[3 * batch.Stride + q]) = (point[0], noise[0]);
            point[0] = noise[0] = 0;
            float norm = 0, product = 0;
            for (int k = 0; k < point.Length; k++)
            {
                norm = MathF.FusedMultiplyAdd(point[k], point[k], norm);
                product = MathF.FusedMultiplyAdd(point[k], noise[k], product);
            }
            (queries[q], queries[batch.Stride + q], queries[4 * batch.Stride + q]) = (norm, product, batch.Classes[q]);
        }
        return queries;
    }

    /// <summary>[2][times]: −½ r² and −r in units of log 2; 0 where times fill up.</summary>
    private static float[] Coefficients(double[] instants, int times)
    {
        var coefficients = new float[2 * times];
        for (int i = 0; i < instants.Length; i++)
        {
            double ratio2 = 1 / (Math.Exp(2 * instants[i]) - 1);
            coefficients[i] = (float)(-0.5 * ratio2 / Math.Log(2));
            coefficients[times + i] = (float)(-Math.Sqrt(ratio2) / Math.Log(2));
        }
        return coefficients;
    }
}
