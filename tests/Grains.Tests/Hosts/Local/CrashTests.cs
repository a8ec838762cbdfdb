using Sweeps.Compute.Experiments;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Tests.Datasets;
using Sweeps.Grains.Tests.Specs;

namespace Sweeps.Grains.Tests.Hosts.Local;

/// <summary>A crash at every step there is: nothing is lost, nothing is there twice.</summary>
public sealed class CrashTests
{
    private static FakeMixture Failing() => SweepScratch.Experiment(FailAtThree);

    private static void FailAtThree(PointKeys keys)
    {
        if (keys["drift"].AsReal() == 3 && keys["separation"].AsReal() == 2) throw new ArithmeticException("no root");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_run_that_dies_at_any_step_is_finished_by_the_next(bool afterTheStep)
    {
        string expected = await SweepScratch.Undisturbed(SweepScratch.Small, Failing());
        int dieAt = 1;
        for (bool died = true; died; dieAt++)
        {
            using var scratch = new SweepScratch();
            var disk = new FaultyDisk(dieAt, afterTheStep);
            await scratch.Run(SweepScratch.Spec(SweepScratch.Small, Failing()), disk);
            died = disk.Died;
            Assert.Equal(
                new SweepOutcome.CompletedWithFailures(1), await scratch.Run(SweepScratch.Spec(SweepScratch.Small, Failing())));
            Assert.Equal(expected, scratch.Digest());
            Assert.Equal(17, scratch.PlainPoints().Distinct().Count());
            Assert.Equal(17, scratch.PlainPoints().Count);
        }
        Assert.InRange(dieAt, 60, 1000);
    }

    [Theory]
    [InlineData(false, true, true)]
    [InlineData(true, true, false)]
    [InlineData(true, false, true)]
    public async Task An_extension_that_dies_at_any_step_is_undone_or_finished(bool afterTheStep, bool exchanges, bool complete)
    {
        string expected = await SweepScratch.Undisturbed(SweepScratch.Large, Failing());
        int dieAt = 1;
        for (bool died = true; died; dieAt++)
        {
            using var scratch = new SweepScratch();
            await RunSmall(scratch, complete);
            var disk = new FaultyDisk(dieAt, afterTheStep) { Exchanges = exchanges };
            await scratch.Run(SweepScratch.Spec(SweepScratch.Large, Failing()), disk);
            died = disk.Died;
            Assert.Equal(
                new SweepOutcome.CompletedWithFailures(1), await scratch.Run(SweepScratch.Spec(SweepScratch.Large, Failing())));
            Assert.Equal(expected, scratch.Digest());
            Assert.Equal(31, scratch.PlainPoints().Count);
        }
        Assert.InRange(dieAt, 60, 2000);
    }

    [Fact]
    public async Task A_reader_sees_each_point_once_at_every_step_of_run_merge_and_extension()
    {
        using var scratch = new SweepScratch();
        int looks = 0, most = 0;
        var disk = new FaultyDisk
        {
            AfterStep = _ =>
            {
                if (!Directory.Exists(Path.Combine(scratch.Path, "points"))) return;
                var points = scratch.PlainPoints();
                Assert.Equal(points.Count, points.Distinct().Count());
                Assert.True(points.Count >= most || points.Count >= 17, $"{points.Count} points after {most}");
                most = Math.Max(most, points.Count);
                looks++;
            },
        };
        await scratch.Run(SweepScratch.Spec(SweepScratch.Small, Failing()), disk);
        Assert.Equal(17, most);
        await scratch.Run(SweepScratch.Spec(SweepScratch.Large, Failing()), disk);
        Assert.Equal(31, most);
        Assert.True(looks > 100);
    }

    private static async Task RunSmall(SweepScratch scratch, bool complete)
    {
        if (complete)
        {
            await scratch.Run(SweepScratch.Spec(SweepScratch.Small, Failing()));
            return;
        }
        // Dies in the middle, with curves in place whose points are not.
        int links = 0;
        var disk = new FaultyDisk { AfterStep = name => _ = name == "Link" && ++links == 3 ? throw new IOException("cut") : 0 };
        await scratch.Run(SweepScratch.Spec(SweepScratch.Small, Failing()), disk);
        Assert.Equal(2, Directory.GetFiles(new DatasetFolder(scratch.Path).Curves).Length);
        Assert.Single(Directory.GetFiles(new DatasetFolder(scratch.Path).Points));
    }
}
