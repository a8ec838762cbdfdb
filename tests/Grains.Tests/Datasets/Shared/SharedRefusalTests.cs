using Sweeps.Grains.Datasets;
using Sweeps.Grains.Datasets.Disk;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Hosts.Local;
using Sweeps.Grains.Specs;
using Sweeps.Grains.Tests.Hosts.Local;
using Sweeps.Grains.Workers;

namespace Sweeps.Grains.Tests.Datasets.Shared;

/// <summary>A database may say anything, and a folder may be anybody's.</summary>
public sealed class SharedRefusalTests
{
    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../x")]
    [InlineData("/tmp/x")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a.b")]
    [InlineData("a\n")]
    [InlineData("a\0")]
    [InlineData("é")]
    [InlineData(null)]
    public void A_folder_that_is_no_plain_name_is_refused(string? folder) =>
        AssertRefused(ClusterScratch.Small with { Folder = folder! }, "names a folder that is none");

    [Fact]
    public void A_folder_name_of_any_length_is_refused() =>
        AssertRefused(ClusterScratch.Small with { Folder = new string('a', 121) }, "names a folder that is none");

    [Fact]
    public void A_spec_of_more_than_a_mebibyte_is_refused() =>
        AssertRefused(ClusterScratch.Small with { SpecJson = new string(' ', 1 << 20) + ClusterScratch.Small.SpecJson }, "more than 1048576 bytes");

    [Fact]
    public void A_spec_that_cannot_be_read_is_refused_in_one_sentence()
    {
        AssertRefused(ClusterScratch.Small with { SpecJson = "{" }, "this is not JSON");
        AssertRefused(ClusterScratch.Small with { SpecJson = "{\"axes\":3,\"fixed\":[],\"oops\":1}" }, "more mistakes)");
        AssertRefused(ClusterScratch.Small with { SpecJson = null! }, "or is missing");
    }

    [Fact]
    public void A_spec_that_is_not_the_named_one_is_refused()
    {
        AssertRefused(ClusterScratch.Small with { SpecHash = ClusterScratch.Large.SpecHash }, "their hashes differ");
        AssertRefused(ClusterScratch.Small with { SpecHash = null! }, "their hashes differ");
    }

    [Fact]
    public void Another_cut_or_version_is_refused()
    {
        AssertRefused(ClusterScratch.Small with { Chunks = 5 }, "is cut into 4 chunks here, and into 5 by the server");
        AssertRefused(ClusterScratch.Small with { CutVersion = 1 }, "cut into chunks by rule 1");
        AssertRefused(ClusterScratch.Small with { SoftwareVersion = "99.0.0" }, "version 99.0.0");
        AssertRefused(ClusterScratch.Small with { SoftwareVersion = null! }, "version ");
    }

    [Theory]
    [InlineData("")]
    [InlineData("points")]
    [InlineData("curves")]
    [InlineData("failures")]
    [InlineData("_staging")]
    [InlineData("_journal")]
    public void A_symbolic_link_in_place_of_a_folder_is_refused(string inner)
    {
        using var scratch = new ClusterScratch();
        scratch.Prepare();
        string folder = Path.Combine(scratch.Folder.Root, inner).TrimEnd('/'), moved = Path.Combine(scratch.Elsewhere, "moved");
        Directory.Move(folder, moved);
        Directory.CreateSymbolicLink(folder, moved);
        Assert.Contains($"{folder} is a symbolic link", scratch.Refusal(ClusterScratch.Small), StringComparison.Ordinal);
        foreach (var job in Jobs(ClusterScratch.Small)) Assert.Contains("is a symbolic link", scratch.Refusal(job), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_not_there_or_not_marked_makes_one_ask_for_the_file_system()
    {
        using var scratch = new ClusterScratch();
        AssertAsks(scratch);
        Assert.Empty(Directory.GetFileSystemEntries(scratch.Data));
        Directory.CreateDirectory(scratch.Folder.Root);
        AssertAsks(scratch);
        Assert.Empty(Directory.GetFileSystemEntries(scratch.Folder.Root));
        scratch.Prepare();
        Assert.Contains("is the data folder the same shared file system on all silos?",
            scratch.Refusal(ClusterScratch.Small with { Mark = Guid.NewGuid() }), StringComparison.Ordinal);

        static void AssertAsks(ClusterScratch scratch)
        {
            string[] refusals = [scratch.Refusal(ClusterScratch.Small), .. Jobs(ClusterScratch.Small).Skip(1).Select(scratch.Refusal)];
            foreach (string sentence in refusals)
                Assert.EndsWith("is the data folder the same shared file system on all silos?", sentence, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Another_sweeps_folder_is_refused_and_left_alone()
    {
        using var scratch = new ClusterScratch();
        scratch.Prepare();
        scratch.Work(ClusterScratch.Small, 1);
        string[] before = scratch.Files("points", "curves", "failures", "_staging", "_journal");
        foreach (var job in Jobs(ClusterScratch.Small with { Mark = Guid.NewGuid() }))
            Assert.Contains("bears the mark of another sweep", scratch.Refusal(job), StringComparison.Ordinal);
        Assert.Equal(before, scratch.Files("points", "curves", "failures", "_staging", "_journal"));
    }

    [Fact]
    public async Task A_local_sweeps_folder_and_one_of_something_else_are_refused_and_left_alone()
    {
        using var scratch = new ClusterScratch();
        using (var sweep = OpenLocally(scratch, ClusterScratch.SmallSpec))
            await sweep.RunAsync([new LaneProcessor(1)], null, CancellationToken.None);
        string[] before = scratch.Files("points", "curves", "failures", "_staging", "_journal");
        Assert.Contains(
            "is not empty and no cluster made it", scratch.Refusal(new DatasetJob.Prepare(ClusterScratch.Small, 1)), StringComparison.Ordinal);
        Assert.Equal(before, scratch.Files("points", "curves", "failures", "_staging", "_journal"));
        Directory.Delete(scratch.Folder.Root, recursive: true);
        Directory.CreateDirectory(scratch.Folder.Root);
        File.WriteAllText(Path.Combine(scratch.Folder.Root, "thesis.tex"), "x");
        Assert.Contains(
            "is not empty and no cluster made it", scratch.Refusal(new DatasetJob.Prepare(ClusterScratch.Small, 1)), StringComparison.Ordinal);
        Assert.Single(Directory.GetFileSystemEntries(scratch.Folder.Root));
    }

    [Fact]
    public void A_generation_that_is_not_in_place_is_refused()
    {
        using var scratch = new ClusterScratch();
        scratch.Prepare();
        Assert.Contains("holds another generation", scratch.Refusal(ClusterScratch.Large), StringComparison.Ordinal);
        scratch.Extend(2);
        Assert.Contains("holds another generation", scratch.Refusal(ClusterScratch.Small), StringComparison.Ordinal);
        Assert.Contains("holds another generation", scratch.Refusal(new DatasetJob.Prepare(ClusterScratch.Small, 3)), StringComparison.Ordinal);
        Assert.Contains("holds another generation", scratch.Refusal(new DatasetJob.Finish(ClusterScratch.Small, [], 0, 3)), StringComparison.Ordinal);
        File.WriteAllText(ClusterMark.IntentOf(scratch.Folder, 4), "{}");
        Assert.Contains("is being extended", scratch.Refusal(ClusterScratch.Large), StringComparison.Ordinal);
    }

    [Fact]
    public void An_extension_to_another_sweep_is_refused()
    {
        using var scratch = new ClusterScratch();
        scratch.Prepare();
        string[] before = scratch.Files("_staging", "_journal");
        var other = ClusterScratch.Record(SweepScratch.Spec(SweepScratch.Small + "seed: 3\n", ClusterScratch.Failing), 2);
        Assert.Contains("is no extension", scratch.Refusal(new DatasetJob.Extend(ClusterScratch.Small, other, 2)), StringComparison.Ordinal);
        Assert.Contains("is no extension", scratch.Refusal(new DatasetJob.Extend(ClusterScratch.Small, ClusterScratch.Small, 2)), StringComparison.Ordinal);
        Assert.Contains("into the folder of another",
            scratch.Refusal(new DatasetJob.Extend(ClusterScratch.Small with { Folder = "else" }, ClusterScratch.Large, 2)), StringComparison.Ordinal);
        Assert.Equal(before, scratch.Files("_staging", "_journal"));
    }

    [Fact]
    public void An_end_before_all_rows_are_there_is_refused()
    {
        using var scratch = new ClusterScratch();
        scratch.Prepare();
        scratch.Work(ClusterScratch.Small, 1, 0, 1, 2);
        Assert.Contains("lacks the parts of 1 chunks", scratch.Refusal(new DatasetJob.Finish(ClusterScratch.Small, [], 14, 2)), StringComparison.Ordinal);
        scratch.Work(ClusterScratch.Small, 2);
        Assert.Contains("has 17 rows, and the server counts 16",
            scratch.Refusal(new DatasetJob.Finish(ClusterScratch.Small, [], 16, 3)), StringComparison.Ordinal);
        Assert.Contains("has given up chunk 4, and there are 4",
            scratch.Refusal(new DatasetJob.Finish(ClusterScratch.Small, [new(4, "x")], 17, 4)), StringComparison.Ordinal);
        Assert.Contains("a term below 0", scratch.Refusal(new DatasetJob.Finish(ClusterScratch.Small, [], 17, -1)), StringComparison.Ordinal);
        scratch.Finish(ClusterScratch.Small, 17, 5);
        Assert.Throws<DatasetMovedException>(() => scratch.Finish(ClusterScratch.Small, 17, 4));
        scratch.Finish(ClusterScratch.Small, 17, 6);
        Assert.Equal(["prepared", "merged", "completed", "completed"], scratch.Status().Events.Select(each => each.What));
    }

    [Fact]
    public void A_local_run_is_refused_where_silos_work_and_silos_where_a_local_run_works()
    {
        using var scratch = new ClusterScratch();
        scratch.Prepare();
        using (scratch.Open(ClusterScratch.Small))
        using (scratch.Open(ClusterScratch.Small))
            Assert.StartsWith($"silos of a cluster work in {scratch.Folder.Root}; use: sweeps status drift-17 --server URL",
                LocalRefusal(scratch, null), StringComparison.Ordinal);
        using (DatasetLock.TryTake(scratch.Folder))
        {
            Assert.StartsWith("a local run works in", scratch.Refusal(ClusterScratch.Small), StringComparison.Ordinal);
            foreach (var job in Jobs(ClusterScratch.Small)) Assert.StartsWith("a local run works in", scratch.Refusal(job), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_clusters_dataset_is_refused_to_local_runs_until_it_is_complete_and_then_an_ordinary_one()
    {
        using var scratch = new ClusterScratch();
        scratch.Prepare();
        scratch.Work(ClusterScratch.Small, 1, 0, 1, 2);
        string[] before = scratch.Files("points", "curves", "failures", "_staging", "_journal");
        foreach (var spec in (SweepSpec?[])[null, ClusterScratch.SmallSpec, ClusterScratch.LargeSpec])
            Assert.Contains("use: sweeps resume drift-17 --server URL", LocalRefusal(scratch, spec), StringComparison.Ordinal);
        Assert.Equal(before, scratch.Files("points", "curves", "failures", "_staging", "_journal"));
        scratch.Work(ClusterScratch.Small, 1);
        scratch.Finish(ClusterScratch.Small, 17, 2);
        Assert.Equal(await SweepScratch.Undisturbed(SweepScratch.Small, ClusterScratch.Failing), scratch.Digest());

        using (var sweep = OpenLocally(scratch, null))
            Assert.Equal(new SweepOutcome.CompletedWithFailures(1), await sweep.RunAsync([new LaneProcessor(1)], null, CancellationToken.None));
        scratch.Open(ClusterScratch.Small).Dispose(); // still the cluster's
        using (var sweep = OpenLocally(scratch, ClusterScratch.LargeSpec))
            Assert.Equal(new SweepOutcome.CompletedWithFailures(1), await sweep.RunAsync([new LaneProcessor(1)], null, CancellationToken.None));
        Assert.Equal(await SweepScratch.Undisturbed(SweepScratch.Large, ClusterScratch.Failing), scratch.Digest());
        Assert.Contains("is not there, or not the server's", scratch.Refusal(ClusterScratch.Small), StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_mark_is_refused()
    {
        using var scratch = new ClusterScratch();
        scratch.Prepare();
        File.WriteAllText(scratch.Folder.Mark, "{\"mark\":7}");
        Assert.Contains("cluster.json is damaged", scratch.Refusal(ClusterScratch.Small), StringComparison.Ordinal);
        Assert.Contains("cluster.json is damaged", scratch.Refusal(new DatasetJob.Prepare(ClusterScratch.Small, 2)), StringComparison.Ordinal);
    }

    private static DatasetJob[] Jobs(SweepRecord record) =>
    [
        new DatasetJob.Prepare(record, 2),
        new DatasetJob.Extend(record, ClusterScratch.Large with { Folder = record.Folder, Mark = record.Mark }, 2),
        new DatasetJob.Finish(record, [], 17, 2),
    ];

    private static void AssertRefused(SweepRecord record, string words)
    {
        using var scratch = new ClusterScratch();
        foreach (string sentence in (string[])[scratch.Refusal(record), .. Jobs(record).Select(scratch.Refusal)])
        {
            Assert.Contains(words, sentence, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', sentence);
        }
        Assert.Empty(Directory.GetFileSystemEntries(scratch.Data));
    }

    private static LocalSweepOpening Locally(ClusterScratch scratch, SweepSpec? spec) =>
        new LocalSweepOpener(LocalDisk.Instance, [ClusterScratch.Failing], TimeProvider.System).Open(scratch.Folder.Root, spec, CancellationToken.None);

    private static LocalSweep OpenLocally(ClusterScratch scratch, SweepSpec? spec) =>
        Assert.IsType<LocalSweepOpening.Opened>(Locally(scratch, spec)).Sweep;

    private static string LocalRefusal(ClusterScratch scratch, SweepSpec? spec) =>
        Assert.Single(Assert.IsType<LocalSweepOpening.Refused>(Locally(scratch, spec)).Sentences);
}
