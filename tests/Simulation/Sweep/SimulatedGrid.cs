namespace Sweeps.Simulation.Sweep;

/// <summary>
/// The points of one generation: coordinates (row, column), the column fastest, so that a larger grid numbers its points otherwise. A set of
/// points is a word with a bit per coordinate, the same in every generation.
/// </summary>
internal sealed record SimulatedGrid(int Generation, int Rows, int Columns, int ChunkSize)
{
    /// <summary>Columns at most, and 64 coordinates at most.</summary>
    public const int Stride = 10;

    public int Count => Rows * Columns;

    public int Chunks => (Count + ChunkSize - 1) / ChunkSize;

    /// <summary>All points.</summary>
    public ulong All => PointsOf(0, Count);

    public static int CoordinateAt(int row, int column) => row * Stride + column;

    public int CoordinateAt(int point) => CoordinateAt(point / Columns, point % Columns);

    public int FirstOf(int chunk) => chunk * ChunkSize;

    public ulong PointsOf(int chunk) => PointsOf(FirstOf(chunk), Math.Min(Count, FirstOf(chunk) + ChunkSize));

    private ulong PointsOf(int first, int end)
    {
        ulong points = 0;
        for (int point = first; point < end; point++) points |= 1UL << CoordinateAt(point);
        return points;
    }
}
