using System.Globalization;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Tests.Datasets;
using Sweeps.Grains.Tests.Datasets.Shared;
using Sweeps.Grains.Tests.Hosts.Local;
using Sweeps.Simulation.Scheduling;

namespace Sweeps.Simulation.Real;

/// <summary>
/// The real <c>SharedDataset</c>, <c>DatasetTerm</c> and <c>PartPublication</c>, real Parquet on a real folder: silos that are stopped and die
/// at any step of their disk, in the order that a seed chooses. <c>SWEEPS_SEED=N</c> tries that seed alone.
/// </summary>
public sealed class RealDatasetTests
{
    private const int Seeds = 200;
    private static readonly Task<string> Undisturbed = SweepScratch.Undisturbed(SweepScratch.Large, ClusterScratch.Failing);

    [Fact]
    public async Task Real_silos_in_any_order_of_their_steps_leave_the_rows_of_the_undisturbed_run()
    {
        string expected = await Undisturbed;
        string? only = Environment.GetEnvironmentVariable("SWEEPS_SEED");
        IEnumerable<int> seeds = only is null ? Enumerable.Range(0, Seeds) : [int.Parse(only, CultureInfo.InvariantCulture)];
        foreach (int seed in seeds)
        {
            try
            {
                Run(seed, expected);
            }
            catch (Exception wrong)
            {
                Assert.Fail($"seed {seed}: {wrong}");
            }
        }
    }

    private static void Run(int seed, string expected)
    {
        Chance chance = new(seed);
        bool exchanges = !chance.Happens(0.2);
        double deaths = chance.Of(0, 0.005, 0.02);
        using var scratch = new ClusterScratch();
        scratch.Prepare();
        int[] settled = [.. Enumerable.Range(0, ClusterScratch.Small.Chunks).Where(_ => chance.Happens(0.6))];
        if (settled.Length > 0) scratch.Work(ClusterScratch.Small, 1, settled);
        int[] late = [.. Enumerable.Range(0, ClusterScratch.Small.Chunks).Except(settled)];
        HashSet<long> promised = [.. Seen(scratch)];

        Interleave(scratch, chance, deaths, exchanges, promised,
        [
            .. late.SelectMany(chunk => (long[])[20 + chunk, 30 + chunk], (chunk, epoch) => Worker(scratch, chunk, epoch)),
            Job(scratch, new DatasetJob.Extend(ClusterScratch.Small, ClusterScratch.Large, 3), exchanges),
            Job(scratch, new DatasetJob.Extend(ClusterScratch.Small, ClusterScratch.Large, 4), exchanges),
        ]);
        scratch.Extend(5, new FaultyDisk { Exchanges = exchanges });
        Assert.Equal(promised.Count, Seen(scratch).Count(coordinate => promised.Contains(coordinate)));
        scratch.Work(ClusterScratch.Large, 9);
        promised = [.. Seen(scratch)];
        Interleave(scratch, chance, deaths, exchanges, promised,
        [
            Job(scratch, new DatasetJob.Finish(ClusterScratch.Large, [], ClusterScratch.LargeRows, 6), exchanges),
            Job(scratch, new DatasetJob.Finish(ClusterScratch.Large, [], ClusterScratch.LargeRows, 7), exchanges),
            Job(scratch, new DatasetJob.Extend(ClusterScratch.Small, ClusterScratch.Large, 4), exchanges),
        ]);
        scratch.Finish(ClusterScratch.Large, ClusterScratch.LargeRows, 8, new FaultyDisk { Exchanges = exchanges });
        Assert.Equal(expected, scratch.Digest());
        Assert.True(scratch.Status().IsComplete);
        Assert.Empty(ClusterMark.Intents(scratch.Folder));
    }

    // Its chunk is computed before the extension begins; it is staged and placed whenever luck will have it.
    private static SteppedSilo Worker(ClusterScratch scratch, int chunk, long epoch)
    {
        FaultyDisk disk = new();
        var sweep = scratch.Open(ClusterScratch.Small, disk);
        var part = ClusterScratch.Compute(sweep, chunk, epoch);
        return new(disk, () =>
        {
            using (sweep)
            using (part) part.Commit();
        });
    }

    // A refusal is an answer that is as good as none: it came too late, or too early.
    private static SteppedSilo Job(ClusterScratch scratch, DatasetJob job, bool exchanges)
    {
        FaultyDisk disk = new() { Exchanges = exchanges };
        return new(disk, () => scratch.Silo(disk).Do(job, CancellationToken.None));
    }

    private static void Interleave(
        ClusterScratch scratch, Chance chance, double deaths, bool exchanges, HashSet<long> promised, List<SteppedSilo> silos)
    {
        try
        {
            while (silos.FindAll(silo => !silo.HasEnded) is { Count: > 0 } going)
            {
                var silo = going[chance.Below(going.Count)];
                // A few steps at once, so that some get far ahead of others.
                for (int steps = chance.Between(1, 12); steps > 0 && !silo.HasEnded; steps--)
                {
                    silo.Step(chance.Happens(deaths));
                    Assert.Null(silo.Fault);
                    Look(scratch, promised, exchanges);
                }
            }
        }
        finally
        {
            foreach (var silo in silos) silo.Dispose();
        }
    }

    private static void Look(ClusterScratch scratch, HashSet<long> promised, bool exchanges)
    {
        if (!exchanges && !Directory.Exists(scratch.Folder.Points)) return; // between two moves
        var seen = Seen(scratch);
        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.True(promised.IsSubsetOf(seen), "points of settled chunks cannot be read");
    }

    // Coordinates, which are the same in both grids, as one number.
    private static List<long> Seen(ClusterScratch scratch)
    {
        List<long> seen = [];
        foreach (string path in Directory.GetFiles(scratch.Folder.Points, "*.parquet"))
        {
            using var file = new Grains.Datasets.Parquet.ParquetFormat(threads: 1).Open(path);
            for (int i = 0; i < file.RowGroups.Length; i++)
            {
                var rows = file.ReadRowGroup(i, ["separation", "drift"]);
                var separations = rows.Column<double>("separation").Values;
                var drifts = rows.Column<double>("drift").Values;
                for (int row = 0; row < separations.Length; row++) seen.Add((long)(separations[row] * 1000) * 1_000_000 + (long)(drifts[row] * 1000));
            }
        }
        return seen;
    }
}
