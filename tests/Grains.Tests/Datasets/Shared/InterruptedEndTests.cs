using Sweeps.Grains.Hosts;
using Sweeps.Grains.Tests.Hosts.Local;

namespace Sweeps.Grains.Tests.Datasets.Shared;

/// <summary>What the simulation has found: moments at which one silo is stopped, or dies, and another goes on with what it left.</summary>
public sealed class InterruptedEndTests
{
    private static readonly Task<string> LargeDigest = SweepScratch.Undisturbed(SweepScratch.Large, ClusterScratch.Failing);

    [Fact]
    public async Task A_part_that_is_committed_while_an_extension_goes_on_is_in_all_tables_or_in_none()
    {
        string expected = await LargeDigest;
        bool isStopped = true;
        for (int step = 1; isStopped; step++)
        {
            using var scratch = new ClusterScratch();
            scratch.Prepare();
            scratch.Work(ClusterScratch.Small, 1, 0, 2);
            using var late = scratch.Open(ClusterScratch.Small);
            using var part = ClusterScratch.Compute(late, 1, 2);
            int at = step;
            isStopped = false;
            var disk = new FaultyDisk
            {
                BeforeStep = number =>
                {
                    if (number != at) return;
                    isStopped = true;
                    ClusterScratch.Overtaken(part.Commit);
                },
            };
            scratch.Extend(5, disk);
            AssertWhole(scratch, expected);
            Assert.True(isStopped || step > 15);
        }
    }

    [Fact]
    public async Task A_part_that_is_committed_between_two_terms_of_an_extension_is_in_all_tables_or_in_none()
    {
        string expected = await LargeDigest;
        bool died = true;
        for (int dieAt = 1; died; dieAt++)
        {
            using var scratch = new ClusterScratch();
            scratch.Prepare();
            scratch.Work(ClusterScratch.Small, 1, 0, 2);
            using var late = scratch.Open(ClusterScratch.Small);
            using var part = ClusterScratch.Compute(late, 1, 2);
            var disk = new FaultyDisk(dieAt);
            ClusterScratch.Overtaken(() => scratch.Extend(5, disk));
            ClusterScratch.Overtaken(part.Commit);
            scratch.Extend(6);
            AssertWhole(scratch, expected);
            died = disk.Died;
        }
    }

    [Fact]
    public void A_sweep_whose_end_died_at_any_step_with_a_chunk_given_up_can_be_extended()
    {
        bool died = true;
        for (int dieAt = 1; died; dieAt++)
        {
            using var scratch = new ClusterScratch();
            scratch.Prepare();
            scratch.Work(ClusterScratch.Small, 1, 0, 2, 3);
            var disk = new FaultyDisk(dieAt);
            long rows = scratch.Status().PointsDone;
            ClusterScratch.Overtaken(() => scratch.Finish(ClusterScratch.Small, rows, 2, disk, new QuarantinedChunk(1, "killed twice")));
            Assert.True(scratch.Extend(3).PointsDone >= rows);
            scratch.Work(ClusterScratch.Large, 9);
            scratch.Finish(ClusterScratch.Large, scratch.Status().PointsDone, 8);
            var status = scratch.Status();
            Assert.Equal((true, ClusterScratch.LargeRows + 1), (status.IsComplete, (int)(status.PointsDone + status.PointsFailed)));
            died = disk.Died;
        }
    }

    [Fact]
    public void A_preparer_that_finds_the_folder_made_sees_to_it_that_its_names_are_safe()
    {
        using var scratch = new ClusterScratch();
        scratch.Prepare(1);
        List<string> steps = [];
        scratch.Prepare(2, new FaultyDisk { AfterStep = steps.Add });
        Assert.Equal(3, steps.Count(step => step == "SyncFolder"));
    }

    private static void AssertWhole(ClusterScratch scratch, string digest)
    {
        scratch.Work(ClusterScratch.Large, 9);
        scratch.Finish(ClusterScratch.Large, ClusterScratch.LargeRows, 8);
        Assert.Equal(digest, scratch.Digest());
    }
}
