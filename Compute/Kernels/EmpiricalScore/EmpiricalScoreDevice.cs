using Sweeps.Compute.Devices;
using Sweeps.Compute.Kernels.EmpiricalSampler;

namespace Sweeps.Compute.Kernels.EmpiricalScore;

/// <summary>
/// The score of one training set at one time for many queries (physics §4) on a device: what <see cref="EmpiricalScoreSimd"/> gives, with
/// its accuracy. The products of a panel of points with a batch of queries are turned into weights there, and these multiplied with the
/// points again; panels are bounded, so no n × M matrix exists.
/// </summary>
/// <remarks>
/// Per panel: turn the points, their quadratic forms, product, largest exponents, references, weights, sums, weighted product. References
/// are values that an exponent took, so that ℓ − r of the largest is exact whatever its size. Not for use by two threads. Source: Biroli,
/// Bonnaire, de Bortoli, Mézard 2024 (arXiv 2402.18491), section II.
/// </remarks>
internal sealed class EmpiricalScoreDevice : IDisposable
{
    public const int Lanes = ProductKernel.Columns;
    private const int Segment = 128;

    private readonly IDevice device;
    private readonly IDeviceQueue queue;
    private readonly TrainingSetDevice data;
    private readonly WorkingMemory memory;
    private readonly PointPanelDevice panels;
    private readonly TileProductDevice product;
    private readonly IDeviceKernel columns;
    private readonly IDeviceKernel tops;
    private readonly IDeviceKernel references;
    private readonly IDeviceKernel weights;
    private readonly IDeviceKernel sums;
    private readonly IDeviceKernel means;
    private readonly DeviceArray<float> frames;
    private readonly DeviceArray<float> mode;
    private ScoreWorkspace? workspace;

    /// <param name="device">Where.</param>
    /// <param name="queue">All work goes through it.</param>
    /// <param name="data">The training set.</param>
    /// <param name="memory">What panels may take.</param>
    /// <param name="units">What multiplies.</param>
    /// <exception cref="DeviceException">The driver refuses a text, or has no memory.</exception>
    public EmpiricalScoreDevice(
        IDevice device, IDeviceQueue queue, TrainingSetDevice data, WorkingMemory memory, ProductUnits units = ProductUnits.Ordinary)
    {
        (this.device, this.queue, this.data, this.memory) = (device, queue, data, memory);
        (panels, product) = (new(device), new(device, units));
        IDeviceModule module = device.Load(DeviceText.Of("Kernels/EmpiricalScore/EmpiricalScore.cl"));
        (columns, tops, references) = (module.Kernel("score_columns"), module.Kernel("panel_tops"), module.Kernel("panel_references"));
        (weights, sums, means) = (module.Kernel("panel_weights"), module.Kernel("panel_sums"), module.Kernel("score_means"));
        frames = new(device, (long)ScoreFrameDevice.Rows * data.Dimension);
        mode = new(device, data.Dimension);
        mode.Write(queue, data.ModeVector);
    }

    /// <summary>Takes in queries, runs through the training set, and waits.</summary>
    /// <param name="frame">Matrices of the time.</param>
    /// <param name="x">[block][d][32].</param>
    /// <param name="blocks">Blocks of 32 queries.</param>
    /// <param name="mean">ā, [block][d][32] to fill; of a query that is not finite neither is it.</param>
    /// <param name="statistics">Where to put the rest; null where it is not wanted.</param>
    /// <param name="cancellation">Looked at once per panel.</param>
    /// <exception cref="ArithmeticException">A statistic is not finite.</exception>
    /// <exception cref="DeviceException">The device failed; if it ran out of memory, then with the smallest panels too.</exception>
    public void Evaluate(
        ScoreFrame frame, DeviceArray<float> x, int blocks, DeviceArray<float> mean, ScoreStatistics? statistics,
        CancellationToken cancellation)
    {
        var packed = new float[frames.Length];
        ScoreFrameDevice.Pack(frame, packed);
        frames.Write(queue, packed);
        memory.Run(() => WithWorkspace(blocks, () =>
        {
            ScoreWorkspace w = workspace!;
            for (int first = 0; first < blocks; first += w.Blocks)
            {
                int stride = Math.Min(w.Blocks, blocks - first) * Lanes;
                long at = (long)first * data.Dimension * Lanes;
                Batch(w, frame.PairForms.Length / 3, x, at, stride, cancellation);
                queue.Launch(
                    means, new((stride + means.GroupSize - 1) / means.GroupSize, data.Dimension), mean, w.WeightedSums, w.State, mode,
                    (ulong)at, w.Parts,
                    stride, data.Dimension);
                statistics?.Read(queue, data, w.State, w.Largest, first * Lanes, stride);
            }
            // Failures of this evaluation belong to it; and a device that is far behind would not hear of a cancellation.
            queue.Finish();
        }));
    }

    /// <summary>The same from host to host.</summary>
    public void Evaluate(ScoreFrame frame, SampleBlocks x, SampleBlocks mean, ScoreStatistics? statistics, CancellationToken cancellation)
    {
        using DeviceArray<float> queries = new(device, x.All.Length), result = new(device, x.All.Length);
        queries.Write(queue, x.All);
        Evaluate(frame, queries, x.Blocks, result, statistics, cancellation);
        result.Read(queue, mean.All);
    }

    public void Dispose()
    {
        workspace?.Dispose();
        frames.Dispose();
        mode.Dispose();
    }

    private void WithWorkspace(int blocks, Action work)
    {
        if (workspace is null || workspace.Queries != blocks || workspace.Memory != memory.Floats)
        {
            workspace?.Dispose();
            workspace = null;
            workspace = new(device, data, blocks, memory);
        }
        try
        {
            work();
        }
        catch (DeviceException)
        {
            workspace.Dispose();
            workspace = null;
            throw;
        }
    }

    /// <summary>The whole training set for one batch of queries.</summary>
    private void Batch(ScoreWorkspace w, int pairs, DeviceArray<float> x, long at, int stride, CancellationToken cancellation)
    {
        int d = data.Dimension, depth = TileProductDevice.Filled(d), rowStride = PointPanelDevice.Stride(d);
        int groups = (stride + columns.GroupSize - 1) / columns.GroupSize, wide = (stride + Segment - 1) / Segment;
        queue.Launch(columns, new(groups, 2), w.Columns, w.Offsets, x, frames, (ulong)at, stride, d, pairs, depth);
        foreach (PointPanel panel in data.Panels(w.Points))
        {
            cancellation.ThrowIfCancellationRequested();
            int filled = panel.Filled, segments = (filled + Segment - 1) / Segment, offset = panel.Side * stride;
            panels.Turn(queue, data.Rows, panel.First, filled, d, w.Panel);
            panels.Forms(queue, w.Panel, filled, d, pairs, frames, (long)ScoreFrameDevice.Form * d, 0, 1, w.Biases);
            product.Multiply(queue, w.Panel, 0, filled, w.Columns, (long)panel.Side * depth * stride, filled, stride, depth, w.Products);
            queue.Launch(tops, new(wide, segments), w.Tops, w.Places, w.Products, w.Biases, w.Offsets, offset, panel.Points, stride);
            queue.Launch(references, new(groups), w.State, w.Scales, w.Largest, w.Tops, w.Places, segments, panel.First, stride);
            queue.Launch(
                weights, new(wide, segments), w.Products, w.Sums, w.Squares, w.Biases, w.Offsets, w.State, offset, panel.Points, stride);
            queue.Launch(
                sums, new(groups), w.State, w.Scales, w.Sums, w.Squares, segments, panel.First, stride, panel.Side == 0 ? 1f : -1f);
            product.Add(
                queue, data.Rows, (long)panel.First * rowStride, rowStride, w.Products, d, stride, filled, w.WeightedSums, w.Parts,
                panel.First == 0 ? null : w.Scales);
        }
    }
}
