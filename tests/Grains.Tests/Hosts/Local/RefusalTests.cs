using Sweeps.Grains.Datasets;
using Sweeps.Grains.Hosts.Local;

namespace Sweeps.Grains.Tests.Hosts.Local;

public sealed class RefusalTests
{
    [Fact]
    public void A_second_holder_of_the_folder_is_refused()
    {
        using var scratch = new SweepScratch();
        var opened = Assert.IsType<LocalSweepOpening.Opened>(scratch.Open(SweepScratch.Spec(SweepScratch.Small)));
        using (opened.Sweep)
        {
            Assert.Contains("another process runs a sweep in", Refusal(scratch.Open(null)).Sentences[0], StringComparison.Ordinal);
            Assert.True(LocalSweepStatus.Read(scratch.Path, [SweepScratch.Experiment()]).IsRunning);
        }
        Assert.False(LocalSweepStatus.Read(scratch.Path, [SweepScratch.Experiment()]).IsRunning);
        Assert.IsType<LocalSweepOpening.Opened>(scratch.Open(null)).Sweep.Dispose();
    }

    [Fact]
    public async Task Another_sweep_is_refused_with_the_difference_named_and_nothing_written()
    {
        using var scratch = new SweepScratch();
        await scratch.Run(SweepScratch.Spec(SweepScratch.Small));
        string before = Listing(scratch.Path);
        var refusal = Refusal(scratch.Open(SweepScratch.Spec(SweepScratch.Small + "seed: 3\n")));
        Assert.Contains("the seed was 0, and is 3 now", Assert.Single(refusal.Sentences), StringComparison.Ordinal);
        Assert.False(refusal.IsMachineFault);
        Assert.Equal(before, Listing(scratch.Path));
    }

    [Fact]
    public void A_folder_of_something_else_is_refused_and_left_alone()
    {
        using var scratch = new SweepScratch();
        Directory.CreateDirectory(scratch.Path);
        File.WriteAllText(Path.Combine(scratch.Path, "thesis.tex"), "x");
        string before = Listing(scratch.Path);
        Assert.Contains("is not empty and holds no sweep", Refusal(scratch.Open(SweepScratch.Spec(SweepScratch.Small))).Sentences[0],
            StringComparison.Ordinal);
        Assert.Equal(before, Listing(scratch.Path));
        Assert.Contains("holds no sweep", Refusal(scratch.Open(null)).Sentences[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_in_place_of_the_folder_is_refused()
    {
        using var scratch = new SweepScratch();
        File.WriteAllText(scratch.Path, "x");
        Assert.Contains("is a file", Refusal(scratch.Open(SweepScratch.Spec(SweepScratch.Small))).Sentences[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_where_no_folder_can_be_made_is_a_wrong_request()
    {
        var opening = LocalSweep.Open("/proc/sweeps", SweepScratch.Spec(SweepScratch.Small), [SweepScratch.Experiment()], TimeProvider.System);
        var refusal = Refusal(opening);
        Assert.False(refusal.IsMachineFault);
        Assert.Contains("/proc/sweeps cannot be made", Assert.Single(refusal.Sentences), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_part_is_refused_by_name_and_offset()
    {
        using var scratch = new SweepScratch();
        await scratch.Run(SweepScratch.Spec(SweepScratch.Small));
        string part = Directory.GetFiles(new DatasetFolder(scratch.Path).Points)[0];
        byte[] bytes = File.ReadAllBytes(part);
        bytes[^20] ^= 1;
        File.WriteAllBytes(part, bytes);
        string before = Listing(scratch.Path);
        var refusal = Refusal(scratch.Open(SweepScratch.Spec(SweepScratch.Large)));
        Assert.StartsWith($"{part} is damaged at byte ", refusal.Sentences[0], StringComparison.Ordinal);
        Assert.Equal(before, Listing(scratch.Path));
    }

    [Theory]
    [InlineData("\"schema_version\": 1", "\"schema_version\": 9", "the dataset has schema version 9")]
    [InlineData("\"software_version\": \"0.2.0\"", "\"software_version\": \"0.1.0\"", "was written by version 0.1.0")]
    [InlineData("\"points\": 18", "\"points\": 19", "the plan has 19 points")]
    [InlineData("\"seed\": 0", "\"seed\": 1", "does not match its hash")]
    [InlineData("\"plan\"", "\"plans\"", "not the manifest of a sweep")]
    [InlineData("{", "", "not the manifest of a sweep")]
    [InlineData("\"cut_version\": 2", "\"cut_version\": 1", "is cut into chunks by rule 1")]
    public async Task A_manifest_that_is_damaged_or_of_another_version_is_refused(string old, string @new, string sentence)
    {
        using var scratch = new SweepScratch();
        await scratch.Run(SweepScratch.Spec(SweepScratch.Small));
        string manifest = new DatasetFolder(scratch.Path).Manifest, text = File.ReadAllText(manifest);
        int place = text.IndexOf(old, StringComparison.Ordinal);
        File.WriteAllText(manifest, text[..place] + @new + text[(place + old.Length)..]);
        Assert.Contains(sentence, Refusal(scratch.Open(null)).Sentences[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_foreign_file_among_the_parts_is_refused()
    {
        using var scratch = new SweepScratch();
        await scratch.Run(SweepScratch.Spec(SweepScratch.Small));
        string points = new DatasetFolder(scratch.Path).Points;
        File.Copy(Directory.GetFiles(points)[0], Path.Combine(points, "copy.parquet"));
        Assert.Contains("is not named by a chunk of this sweep", Refusal(scratch.Open(null)).Sentences[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("points", "curves of all 18 points")]
    [InlineData("curves", "lacks the curves of points/merged-")]
    public async Task A_merged_file_that_somebody_took_away_is_missed(string table, string sentence)
    {
        using var scratch = new SweepScratch();
        await scratch.Run(SweepScratch.Spec(SweepScratch.Small + Curves));
        File.Delete(Assert.Single(Directory.GetFiles(Path.Combine(scratch.Path, table), "*.parquet")));
        string before = Listing(scratch.Path);
        Assert.Contains(sentence, Refusal(scratch.Open(null)).Sentences[0], StringComparison.Ordinal);
        Assert.Equal(before, Listing(scratch.Path));
    }

    [Fact]
    public async Task With_both_tables_emptied_all_is_computed_again_to_the_same_rows()
    {
        using var scratch = new SweepScratch();
        await scratch.Run(SweepScratch.Spec(SweepScratch.Small + Curves));
        string expected = scratch.Digest();
        foreach (string table in (string[])["points", "curves"])
            foreach (string file in Directory.GetFiles(Path.Combine(scratch.Path, table))) File.Delete(file);
        Assert.NotNull(await scratch.Run(null));
        Assert.Equal(expected, scratch.Digest());
    }

    [Fact]
    public async Task Failures_that_somebody_took_away_are_missed()
    {
        using var scratch = new SweepScratch();
        var failing = SweepScratch.Experiment(keys =>
        {
            if (keys["drift"].AsReal() == 2) throw new ArithmeticException("not finite");
        });
        await scratch.Run(SweepScratch.Spec(SweepScratch.Small, failing));
        Directory.Delete(Path.Combine(scratch.Path, "failures"), recursive: true);
        Assert.Contains("lacks 3 rows that no failure on record explains",
            Refusal(scratch.Open(null, experiment: failing)).Sentences[0], StringComparison.Ordinal);
    }

    private const string Curves = "times: [1, 2]\n";

    private static LocalSweepOpening.Refused Refusal(LocalSweepOpening opening) => Assert.IsType<LocalSweepOpening.Refused>(opening);

    private static string Listing(string folder) => string.Join('\n', Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order().Select(path => $"{path} {File.GetLastWriteTimeUtc(path).Ticks}"));
}
