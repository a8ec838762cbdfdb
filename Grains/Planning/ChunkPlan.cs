namespace Sweeps.Grains.Planning;

/// <summary>
/// The cut of a grid into chunks, a function of the spec alone: points are taken in order, and a chunk closes when its predicted cost
/// reaches
/// <see cref="TargetSeconds"/> or it has <see cref="MaximumPoints"/>. Two bytes per chunk are kept.
/// </summary>
public sealed class ChunkPlan
{
    /// <summary>
    /// Version of the cut, kept in <c>sweep.json</c>: a dataset's parts are named by it, so another rule needs another number.
    /// </summary>
    public const int Version = 2;

    /// <summary>Predicted cost at which a chunk closes, seconds on one core.</summary>
    public const double TargetSeconds = 5;

    /// <summary>Most points of a chunk.</summary>
    public const int MaximumPoints = 65_536;

    private const long TargetNanoseconds = (long)(TargetSeconds * 1e9);
    private const int PageSize = 1024;

    // A page holds the lengths, less one, of 1024 chunks.
    private readonly List<ushort[]> pages = [];
    private readonly List<long> pageStarts = [];
    private long points;

    /// <exception cref="InvalidOperationException">The experiment predicts no cost for a point.</exception>
    public ChunkPlan(PointGrid grid)
    {
        var costs = new PointCosts(grid);
        double total = 0;
        int length = 0;
        long spent = 0;
        foreach (long cost in costs.Runs())
        {
            total += (double)cost * costs.RunLength;
            for (long left = costs.RunLength; left > 0;)
            {
                long untilTarget = (TargetNanoseconds - spent + cost - 1) / cost;
                int taken = (int)Math.Min(left, Math.Min(untilTarget, MaximumPoints - length));
                (length, spent, left) = (length + taken, spent + taken * cost, left - taken);
                if (spent < TargetNanoseconds && length < MaximumPoints) continue;
                Close(length);
                (length, spent) = (0, 0);
            }
        }
        if (length > 0) Close(length);
        PredictedSeconds = total * 1e-9;
    }

    public long PointCount => points;

    public int ChunkCount { get; private set; }

    /// <summary>Predicted cost of all points, seconds on one core.</summary>
    public double PredictedSeconds { get; }

    /// <exception cref="ArgumentOutOfRangeException">No such chunk.</exception>
    public Chunk ChunkAt(int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, ChunkCount);
        var (page, place) = Math.DivRem(number, PageSize);
        long first = pageStarts[page];
        for (int i = 0; i < place; i++) first += pages[page][i] + 1;
        return new Chunk(number, first, pages[page][place] + 1);
    }

    /// <summary>The chunk that holds a point.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such point.</exception>
    public Chunk ChunkOf(long point)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(point);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(point, points);
        int page = pageStarts.BinarySearch(point);
        if (page < 0) page = ~page - 1;
        long first = pageStarts[page];
        for (int place = 0; ; place++)
        {
            int count = pages[page][place] + 1;
            if (point < first + count) return new Chunk(page * PageSize + place, first, count);
            first += count;
        }
    }

    /// <summary>All chunks in order.</summary>
    public IEnumerable<Chunk> Chunks()
    {
        long first = 0;
        for (int number = 0; number < ChunkCount; number++)
        {
            var chunk = new Chunk(number, first, pages[number / PageSize][number % PageSize] + 1);
            yield return chunk;
            first = chunk.EndPoint;
        }
    }

    private void Close(int length)
    {
        int place = ChunkCount++ % PageSize;
        if (place == 0)
        {
            pages.Add(new ushort[PageSize]);
            pageStarts.Add(points);
        }
        pages[^1][place] = (ushort)(length - 1);
        points += length;
    }
}
