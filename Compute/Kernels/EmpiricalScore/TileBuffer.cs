namespace Sweeps.Compute.Kernels.EmpiricalScore;

/// <summary>Collects data points until a tile is full.</summary>
/// <param name="dimension">Coordinates of a point.</param>
internal sealed unsafe class TileBuffer(int dimension) : IDisposable
{
    private readonly AlignedBuffer points = new((long)DataTile.Rows * dimension);

    public int Count { get; private set; }

    public bool IsFull => Count == DataTile.Rows;

    /// <summary>[count][dimension].</summary>
    public float* Points => points.Pointer;

    public void Add(ReadOnlySpan<float> point) => point.CopyTo(new Span<float>(points.Pointer + (long)Count++ * dimension, dimension));

    public void Clear() => Count = 0;

    public void Dispose() => points.Dispose();
}
