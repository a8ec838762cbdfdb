using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sweeps.Compute.Kernels.EmpiricalScore;

/// <summary>
/// The two training points nearest to each of 32 samples, by the product form of the squared distance, |x − s m|² − 2 (x − s m)·c + |c|². In single
/// precision: distances that differ by less than about 1e-6 of |x|² may change places, which the caller settles with the points themselves.
/// </summary>
internal sealed unsafe class NearestPoints(TrainingSet data) : IDisposable
{
    private const int Lanes = ProductKernel.Columns;
    private const int Width = SoftmaxLanes.Width;
    private readonly AlignedBuffer columns = new(2L * data.Dimension * Lanes);
    private readonly AlignedBuffer norms = new(2 * Lanes);
    private readonly AlignedBuffer products = new(DataTile.Rows * Lanes);
    private readonly float[] distances = new float[2 * Lanes];
    private readonly int[] positions = new int[2 * Lanes];

    /// <summary>Searches for all lanes of x [d][32].</summary>
    public void Find(float* x)
    {
        Array.Fill(distances, float.PositiveInfinity);
        Array.Fill(positions, -1);
        for (int side = 0; side < 2; side++) Pack(x, side);
        for (int index = 0; index < data.AllTiles.Length; index++)
        {
            int side = data.SideOf(index);
            data.AllTiles[index].Multiply(columns.Pointer + (long)side * data.Dimension * Lanes, products.Pointer);
            for (int half = 0; half < Lanes; half += Width) Take(index, norms.Pointer + side * Lanes + half, half);
        }
    }

    /// <summary>Indices μ of the nearest and the second nearest point; −1 for a second that does not exist.</summary>
    public (int First, int Second) Candidates(int lane) => (IndexAt(positions[lane]), IndexAt(positions[Lanes + lane]));

    public void Dispose()
    {
        columns.Dispose();
        norms.Dispose();
        products.Dispose();
    }

    private int IndexAt(int position) => position < 0 ? -1 : data.IndexOf(position / DataTile.Rows, position % DataTile.Rows);

    private void Pack(float* x, int side)
    {
        float sign = side == 0 ? -1 : 1;
        float* target = columns.Pointer + (long)side * data.Dimension * Lanes;
        for (int half = 0; half < Lanes; half += Width)
        {
            Vector512<float> norm = Vector512<float>.Zero;
            for (int k = 0; k < data.Dimension; k++)
            {
                Vector512<float> centred = Vector512.Load(x + (long)k * Lanes + half) + Vector512.Create(sign * data.ModeVector[k]);
                norm = Vector512.FusedMultiplyAdd(centred, centred, norm);
                (Vector512.Create(-2f) * centred).Store(target + (long)k * Lanes + half);
            }
            norm.Store(norms.Pointer + side * Lanes + half);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Take(int index, float* norm, int half)
    {
        DataTile tile = data.AllTiles[index];
        Vector512<float> first = Vector512.LoadUnsafe(ref distances[half]), second = Vector512.LoadUnsafe(ref distances[Lanes + half]);
        Vector512<int> firstAt = Vector512.LoadUnsafe(ref positions[half]), secondAt = Vector512.LoadUnsafe(ref positions[Lanes + half]);
        Vector512<float> own = Vector512.Load(norm);
        float* p = products.Pointer + half;
        for (int row = 0; row < tile.Count; row++, p += Lanes)
        {
            Vector512<float> distance = Vector512.Load(p) + Vector512.Create(tile.SquaredNorms[row]) + own;
            Vector512<int> at = Vector512.Create(index * DataTile.Rows + row);
            Vector512<float> isFirst = Vector512.LessThan(distance, first), isSecond = Vector512.LessThan(distance, second);
            second = Vector512.ConditionalSelect(isFirst, first, Vector512.ConditionalSelect(isSecond, distance, second));
            secondAt = Vector512.ConditionalSelect(isFirst.AsInt32(), firstAt, Vector512.ConditionalSelect(isSecond.AsInt32(), at, secondAt));
            first = Vector512.ConditionalSelect(isFirst, distance, first);
            firstAt = Vector512.ConditionalSelect(isFirst.AsInt32(), at, firstAt);
        }
        first.StoreUnsafe(ref distances[half]);
        second.StoreUnsafe(ref distances[Lanes + half]);
        firstAt.StoreUnsafe(ref positions[half]);
        secondAt.StoreUnsafe(ref positions[Lanes + half]);
    }
}
