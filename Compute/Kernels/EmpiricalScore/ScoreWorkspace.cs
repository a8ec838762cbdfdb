using Sweeps.Compute.Devices;

namespace Sweeps.Compute.Kernels.EmpiricalScore;

/// <summary>Memory of <see cref="EmpiricalScoreDevice"/> for a batch of queries and a panel of points.</summary>
internal sealed class ScoreWorkspace : IDisposable
{
    /// <summary>Rows of <see cref="State"/>: reference, Σ w, Σ w², Σ ± w.</summary>
    public const int StateRows = 4;

    private const int Lanes = EmpiricalScoreDevice.Lanes;
    private const int MostBlocks = 8192 / Lanes;
    private const int MostPoints = 1 << 16;
    private const int Segment = 128;

    /// <summary>
    /// Groups that fill the largest devices. Not the device's own number: then the sums are cut alike everywhere, and bits depend on no
    /// device's size while its memory suffices.
    /// </summary>
    private const int Filling = 512;

    /// <summary>Shorter parts of a weighted sum cost more in writing than they gain in filling the device.</summary>
    private const int ShortestPart = 128;

    private readonly DeviceArrays arrays;

    /// <exception cref="DeviceException">Out of memory; nothing is kept then.</exception>
    public ScoreWorkspace(IDevice device, TrainingSetDevice data, int blocks, WorkingMemory memory)
    {
        (Queries, Memory) = (blocks, memory.Floats);
        int d = data.Dimension, depth = TileProductDevice.Filled(d);
        // A query's columns towards two classes and its weighted sums; half of the memory is for panels.
        Blocks = (int)Math.Clamp(memory.Floats / 2 / (3L * depth * Lanes), 1, Math.Min(blocks, MostBlocks));
        int stride = Blocks * Lanes;
        Points = memory.Points(stride + depth, Math.Min(MostPoints, TileProductDevice.Filled(data.Count)));
        int wanted = Filling / TileProductDevice.Groups(d, stride);
        Parts = (int)Math.Clamp(Math.Min(Points / ShortestPart, memory.Floats / 4 / ((long)d * stride)), 1, Math.Max(1, wanted));
        int segments = Points / Segment;
        arrays = new(device);
        try
        {
            Columns = arrays.Of<float>(2L * depth * stride);
            Offsets = arrays.Of<float>(2L * stride);
            Panel = arrays.Of<float>((long)depth * Points);
            Biases = arrays.Of<float>(Points);
            Products = arrays.Of<float>((long)Points * stride);
            Tops = arrays.Of<float>((long)segments * stride);
            Places = arrays.Of<int>((long)segments * stride);
            Sums = arrays.Of<float>((long)segments * stride);
            Squares = arrays.Of<float>((long)segments * stride);
            State = arrays.Of<float>((long)StateRows * stride);
            Scales = arrays.Of<float>(stride);
            Largest = arrays.Of<int>(stride);
            WeightedSums = arrays.Of<float>((long)Parts * d * stride);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Blocks of queries that it was made for, in batches.</summary>
    public int Queries { get; }

    /// <summary>The working memory that it was made with.</summary>
    public long Memory { get; }

    /// <summary>Blocks of 32 queries in a batch.</summary>
    public int Blocks { get; }

    /// <summary>Most points of a panel.</summary>
    public int Points { get; }

    /// <summary>Parts that the weighted sums are cut into, so that they fill the device.</summary>
    public int Parts { get; }

    /// <summary>[side][depth][stride].</summary>
    public DeviceArray<float> Columns { get; }

    /// <summary>[side][stride].</summary>
    public DeviceArray<float> Offsets { get; }

    /// <summary>[depth][points].</summary>
    public DeviceArray<float> Panel { get; }

    /// <summary>[points].</summary>
    public DeviceArray<float> Biases { get; }

    /// <summary>[points][stride]: products, then weights.</summary>
    public DeviceArray<float> Products { get; }

    /// <summary>[segment][stride]: largest exponents.</summary>
    public DeviceArray<float> Tops { get; }

    /// <summary>[segment][stride]: where in the panel they are.</summary>
    public DeviceArray<int> Places { get; }

    /// <summary>[segment][stride]: Σ w.</summary>
    public DeviceArray<float> Sums { get; }

    /// <summary>[segment][stride]: Σ w².</summary>
    public DeviceArray<float> Squares { get; }

    /// <summary>[4][stride].</summary>
    public DeviceArray<float> State { get; }

    /// <summary>[stride]: what earlier weights are worth relative to the present reference.</summary>
    public DeviceArray<float> Scales { get; }

    /// <summary>[stride]: places of the largest weights.</summary>
    public DeviceArray<int> Largest { get; }

    /// <summary>[part][d][stride].</summary>
    public DeviceArray<float> WeightedSums { get; }

    public void Dispose() => arrays.Dispose();
}
