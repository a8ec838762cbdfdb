using Sweeps.Compute.Experiments;

namespace Sweeps.Compute.Kernels.EmpiricalScore;

/// <summary>
/// A training set held in memory, packed for the products: points centred on their own mode, those of class + before those of class −, so that every
/// tile has one class and far modes cost no digits.
/// </summary>
internal sealed unsafe class TrainingSet : IDisposable
{
    private readonly DataTile[] tiles;
    private readonly AlignedBuffer memory;
    private readonly int[] indices;
    private readonly int[] firsts;
    private readonly float[] mode;

    /// <param name="training">The points.</param>
    /// <param name="count">n ≥ 1.</param>
    public TrainingSet(TrainingPoints training, int count)
        : this(
            count, training.Dimension, training.ModeVector, index => training.Class(index), (index, point) => training.Centred(index, point),
            SequentialLoop.Instance)
    {
    }

    /// <param name="points">[n][d], all of one class at the origin.</param>
    /// <param name="dimension">d.</param>
    /// <param name="loop">Packs the tiles.</param>
    /// <exception cref="ArgumentException">The numbers do not make whole points, at least one.</exception>
    public TrainingSet(float[] points, int dimension, IParallelLoop loop)
        : this(
            WholePoints(points.Length, dimension), dimension, new float[dimension], _ => 1,
            (index, point) => points.AsSpan(index * dimension, dimension).CopyTo(point), loop)
    {
    }

    private TrainingSet(int count, int dimension, ReadOnlySpan<float> mode, Func<int, float> classOf, PointReader read, IParallelLoop loop)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        (Count, Dimension, this.mode) = (count, dimension, mode.ToArray());
        int[] plus = [.. Enumerable.Range(0, count).Where(index => classOf(index) > 0)];
        int[] minus = [.. Enumerable.Range(0, count).Where(index => !(classOf(index) > 0))];
        indices = [.. plus, .. minus];
        TilesOfPlus = Tiles(plus.Length);
        tiles = new DataTile[TilesOfPlus + Tiles(minus.Length)];
        memory = new(tiles.Length * DataTile.Length(dimension), false);
        firsts = new int[tiles.Length];
        loop.For(tiles.Length, tile =>
        {
            bool isPlus = tile < TilesOfPlus;
            int first = firsts[tile] = isPlus ? tile * DataTile.Rows : plus.Length + (tile - TilesOfPlus) * DataTile.Rows;
            int end = Math.Min(first + DataTile.Rows, isPlus ? plus.Length : count);
            using var buffer = new TileBuffer(dimension);
            var point = new float[dimension];
            for (int place = first; place < end; place++)
            {
                read(indices[place], point);
                buffer.Add(point);
            }
            tiles[tile] = new(dimension, memory.Pointer + tile * DataTile.Length(dimension));
            tiles[tile].Pack(buffer.Points, dimension, buffer.Count);
        });
    }

    private delegate void PointReader(int index, Span<float> point);

    public int Count { get; }

    public int Dimension { get; }

    public ReadOnlySpan<DataTile> AllTiles => tiles;

    /// <summary>How many tiles, from the first, hold points of class +.</summary>
    public int TilesOfPlus { get; }

    /// <summary>m in the order of the coordinates.</summary>
    public ReadOnlySpan<float> ModeVector => mode;

    /// <summary>Bytes that a training set takes, for plans.</summary>
    public static double Bytes(double count, double dimension) =>
        sizeof(float) * (Math.Ceiling(count / DataTile.Rows + 1) * DataTile.Length((int)dimension) + count);

    /// <summary>The index μ of a point of a tile.</summary>
    public int IndexOf(int tile, int row) => indices[firsts[tile] + row];

    /// <summary>Class of a tile's points: 0 for +, 1 for −.</summary>
    public int SideOf(int tile) => tile < TilesOfPlus ? 0 : 1;

    /// <summary>How many points of so many coordinates a number of floats makes.</summary>
    /// <exception cref="ArgumentException">It makes no whole points.</exception>
    public static int WholePoints(int length, int dimension) => length % dimension == 0
        ? length / dimension
        : throw new ArgumentException(FormattableString.Invariant($"{length} numbers are no whole points of {dimension} coordinates"), nameof(length));

    public void Dispose() => memory.Dispose();

    private static int Tiles(int count) => (count + DataTile.Rows - 1) / DataTile.Rows;
}
