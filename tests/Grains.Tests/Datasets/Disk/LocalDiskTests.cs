using Sweeps.Grains.Datasets.Disk;

namespace Sweeps.Grains.Tests.Datasets.Disk;

/// <summary>What the machine's own file system does for a journal that several processes write.</summary>
public sealed class LocalDiskTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("sweeps-disk-").FullName;

    private string Journal => Path.Combine(folder, "events.jsonl");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Lines_that_are_added_at_once_all_stay_whole()
    {
        // Each opens the file anew, as processes do. One that sees another's line half written ends it: an empty line, which readers pass over.
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => LocalDisk.Instance.AppendLine(Journal, $"line {i} {new string('x', i)}"));

        Assert.Equal(
            Enumerable.Range(0, 400).Select(i => $"line {i} {new string('x', i)}").Order(StringComparer.Ordinal),
            File.ReadAllLines(Journal).Where(line => line.Length > 0).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_line_that_a_crash_tore_costs_no_other()
    {
        File.WriteAllText(Journal, "first\ntor");
        LocalDisk.Instance.AppendLine(Journal, "second");
        LocalDisk.Instance.AppendLine(Journal, "third");
        Assert.Equal(["first", "tor", "second", "third"], File.ReadAllLines(Journal));
    }
}
