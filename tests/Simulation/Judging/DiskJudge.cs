using Sweeps.Simulation.Files;
using Sweeps.Simulation.Sweep;

namespace Sweeps.Simulation.Judging;

/// <summary>Reads the dataset as anyone would, <c>points/*</c> and <c>curves/*</c>, after every step that changed a file or a name.</summary>
internal sealed class DiskJudge(Verdict verdict, SimulatedDisk disk, Func<ulong> promised)
{
    private readonly Dictionary<string, FileNode> names = [];
    private FolderNode? live;
    private ulong seen;
    private ulong promisedBefore;
    private long version = -1;

    /// <summary>The points that a plain reader sees.</summary>
    public ulong Visible() => PointsIn(Names.Points);

    /// <summary>The points that have a failure on record.</summary>
    public ulong RecordedFailures() => PointsIn(Names.Failures);

    private ulong PointsIn(string table)
    {
        ulong points = 0;
        foreach (object node in disk.NodeAt(table) is FolderNode folder ? folder.Entries.Values : [])
            if (node is FileNode { Content: DataFile file }) points |= file.Points;
        return points;
    }

    /// <summary>Names may be gone that nobody took away.</summary>
    public void LostPower() => live = null;

    public void Look()
    {
        if (version == disk.Version && promisedBefore == promised()) return;
        (version, promisedBefore) = (disk.Version, promised());
        if (disk.NodeAt(Names.Points) is not FolderNode points)
        {
            // Without exchanges there is a moment between two moves.
            verdict.Require(promised() == 0 || !disk.Exchanges, "there is no folder points");
            live = null;
            return;
        }
        ulong now = LookAtPoints(points);
        ulong lost = promised() & ~now;
        verdict.Require(lost == 0, $"points of settled chunks cannot be read: {lost:x}");
        if (live == points)
        {
            verdict.Require((seen & ~now) == 0, $"points that were published are gone: {seen & ~now:x}");
            foreach (var (name, file) in names)
                verdict.Require(points.Entries.GetValueOrDefault(name) == file, $"points/{name} was replaced");
        }
        names.Clear();
        foreach (var (name, node) in points.Entries) names[name] = (FileNode)node;
        (live, seen) = (points, now);
        LookAtCurves(points, now);
    }

    private ulong LookAtPoints(FolderNode folder)
    {
        ulong points = 0;
        int generation = 0;
        foreach (var (name, node) in folder.Entries)
        {
            if (((FileNode)node).Content is not DataFile file)
            {
                verdict.Fail($"points/{name} is torn");
                continue;
            }
            verdict.Require((points & file.Points) == 0, $"points/{name} has points that a reader has seen already: {points & file.Points:x}");
            verdict.Require(generation == 0 || generation == file.Generation,
                $"points/{name} has rows of generation {file.Generation} beside those of {generation}");
            (points, generation) = (points | file.Points, file.Generation);
        }
        return points;
    }

    // While there is an intent, tables of two generations stand side by side; what was settled has its curves even then.
    private void LookAtCurves(FolderNode points, ulong published)
    {
        if (disk.NodeAt(Names.Curves) is not FolderNode curves) return;
        ulong there = 0, counted = 0;
        bool isMixed = disk.NodeAt(Names.Journal) is not FolderNode journal
            || journal.Entries.Keys.Any(name => name.StartsWith(Names.Intent, StringComparison.Ordinal));
        bool isMerged = curves.Entries.Keys.Any(name => name.StartsWith(Names.Merged, StringComparison.Ordinal));
        foreach (var (name, node) in curves.Entries)
        {
            bool counts = !Names.IsPart(name) || points.Entries.ContainsKey(name);
            if (((FileNode)node).Content is not DataFile file)
            {
                verdict.Require(!counts, $"curves/{name} is torn");
                continue;
            }
            there |= file.Points;
            if (!counts) continue;
            verdict.Require(isMixed || isMerged || (counted & file.Points) == 0, $"curves/{name} has points that a reader has seen already");
            counted |= file.Points;
        }
        ulong without = promised() & ~there;
        verdict.Require(without == 0, $"settled points have no curves: {without:x}");
        verdict.Require(isMixed || (published & ~there) == 0, $"published points have no curves: {published & ~there:x}");
    }
}
