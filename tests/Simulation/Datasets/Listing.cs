using System.Numerics;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Leases;
using Sweeps.Simulation.Sweep;

namespace Sweeps.Simulation.Datasets;

/// <summary>As <c>PartListing</c>: what of a plan is in the folder.</summary>
internal sealed class Listing
{
    private readonly SimulatedGrid grid;
    private string[] names = [];
    private ulong pointsOfEmptyParts;

    private Listing(SimulatedGrid grid) => this.grid = grid;

    public bool IsMerged { get; private set; }

    /// <summary>Names of parts that have no row.</summary>
    public HashSet<string> EmptyParts { get; } = [];

    public ulong Points { get; private set; }

    public ulong Kept { get; private set; }

    public ChunkSet Settled { get; private set; } = ChunkSet.Empty;

    public long PointsFailed { get; private set; }

    public long PointsDone => BitOperations.PopCount(Points);

    public bool IsComplete => Settled.Mark == grid.Chunks;

    public LedgerHoldings Holdings => new(
        [.. Settled.Mark > 0 ? [new ChunkRange(0, Settled.Mark)] : Array.Empty<ChunkRange>(), .. Settled.Above], [], PointsDone, PointsFailed);

    public static async Task<Listing> ReadAsync(SiloDisk disk, SimulatedGrid grid)
    {
        var listing = new Listing(grid);
        string[] names = await disk.ListAsync(Names.Points);
        List<(int Chunk, ulong Points)> parts = [];
        foreach (string name in names)
        {
            var file = await ReadAsync(disk, $"{Names.Points}/{name}", grid);
            if (Names.IsPart(name) && file.Points == 0) listing.EmptyParts.Add(name);
            if (Names.IsPart(name)) parts.Add((Names.FirstPointOf(name) / grid.ChunkSize, file.Points));
            else if (name.StartsWith(Names.Kept, StringComparison.Ordinal)) listing.Kept |= file.Points;
            else listing.IsMerged = true;
            listing.Points |= file.Points;
        }
        foreach (string name in await disk.ListAsync(Names.Curves)) await ReadAsync(disk, $"{Names.Curves}/{name}", grid);
        if (listing.IsMerged)
        {
            listing.Settled = listing.Settled.Add(new ChunkRange(0, grid.Chunks));
            listing.PointsFailed = grid.Count - listing.PointsDone;
        }
        else
        {
            ulong failed = 0;
            foreach (string name in await disk.ListAsync(Names.Failures, Names.Kept))
                failed |= (await disk.ReadAsync<DataFile>($"{Names.Failures}/{name}")).Points;
            listing.PointsFailed = BitOperations.PopCount(failed & ~listing.Kept);
            listing.Kept |= failed;
            listing.Settle(parts);
        }
        listing.names = names;
        return listing;
    }

    /// <summary><c>DatasetWholeness.Check</c>.</summary>
    /// <exception cref="DatasetException">Rows are missing that nothing explains.</exception>
    /// <param name="disk">The file system.</param>
    /// <param name="excusesEmpty">Parts without rows may lack their curves and failures: their points are computed again.</param>
    public async Task<Listing> CheckAsync(SiloDisk disk, bool excusesEmpty = false)
    {
        if (PointsFailed > 0)
        {
            ulong recorded = 0;
            foreach (string name in await disk.ListAsync(Names.Failures))
                recorded |= (await disk.ReadAsync<DataFile>($"{Names.Failures}/{name}")).Points;
            if (PointsFailed > BitOperations.PopCount(recorded | (excusesEmpty ? pointsOfEmptyParts : 0))) throw new DatasetException("points lacks rows that no failure explains");
        }
        string[] curves = await disk.ListAsync(Names.Curves);
        if (curves.Any(name => name.StartsWith(Names.Merged, StringComparison.Ordinal)))
        {
            if (!IsComplete) throw new DatasetException("curves holds those of all points, and points lacks some");
            return this;
        }
        foreach (string name in names)
        {
            if (excusesEmpty && EmptyParts.Contains(name)) continue;
            bool isThere = Names.IsPart(name)
                ? curves.Contains(name)
                : name.StartsWith(Names.Kept, StringComparison.Ordinal) && curves.Any(each => each.StartsWith(Names.Kept, StringComparison.Ordinal));
            if (!isThere) throw new DatasetException($"curves lacks those of {name}");
        }
        return this;
    }

    private void Settle(List<(int Chunk, ulong Points)> parts)
    {
        foreach (var (chunk, points) in parts)
        {
            ulong missing = grid.PointsOf(chunk) & ~Kept;
            if (points == 0) pointsOfEmptyParts |= missing;
            if ((points & ~missing) != 0) throw new DatasetException($"chunk {chunk} has rows that it should not have");
            PointsFailed += BitOperations.PopCount(missing & ~points);
            Settled = Settled.Add(chunk);
        }
        if (Kept == 0) return;
        for (int chunk = 0; chunk < grid.Chunks; chunk++)
            if ((grid.PointsOf(chunk) & ~Kept) == 0) Settled = Settled.Add(chunk);
    }

    private static async Task<DataFile> ReadAsync(SiloDisk disk, string path, SimulatedGrid grid)
    {
        var file = await disk.ReadAsync<DataFile>(path);
        return file.Generation == grid.Generation ? file : throw new DatasetException($"{path} is of another generation");
    }
}
