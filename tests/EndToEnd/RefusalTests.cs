namespace Sweeps.EndToEnd;

/// <summary>Wrong requests and faulty machines, from outside: exit codes, one sentence each, no stack trace, nothing written, nothing lost.</summary>
public sealed class RefusalTests
{
    private const string Quick =
        """
        name: quick
        experiment: gaussian-mixture
        axes: { separation: [0.5, 1, 2] }
        fixed: { dimension: 16, samples: 256, steps: 50, training_points: 100 }
        seed: 1
        """;

    private const string Long =
        """
        name: long
        experiment: gaussian-mixture
        axes: { separation: { from: 0.5, to: 2, count: 400 } }
        fixed: { dimension: 64, stiffness: 4, drift: 0.5, samples: 16384, steps: 1000 }
        measure: [speciation]
        """;

    [Fact]
    public void Every_mistake_of_a_spec_is_told_at_once_and_nothing_is_written()
    {
        using var work = new Workplace();
        string spec = work.Spec("wrong.yaml",
            """
            name: ../escape
            experiment: gaussian-mixture
            axes: { separation: [], drift: [0, .nan] }
            fixed: { dimension: -3, drift: 1, sampels: 100 }
            """);
        var outcome = SweepsProcess.Run("run", spec, "--out", work["data"]).Exits(2);
        foreach (string word in (string[])["wrong.yaml:1", "wrong.yaml:3", "wrong.yaml:4", "dimension", "sampels", "samples"])
            Assert.Contains(word, outcome.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", outcome.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(work["data"]));
    }

    [Fact]
    public void A_second_process_on_the_same_folder_is_refused_and_the_first_goes_on()
    {
        using var work = new Workplace();
        string spec = work.Spec("long.yaml", Long);
        using SweepsProcess first = SweepsProcess.Start("run", spec, "--out", work["data"]);
        string journal = Path.Combine(work["data"], "_journal", "lock");
        using var made = new FileAppears(journal);
        Assert.True(made.Within(TimeSpan.FromSeconds(60)), "the first process made no lock");
        var second = SweepsProcess.Run("run", spec, "--out", work["data"]).Exits(2);
        Assert.Contains("another", second.Errors, StringComparison.OrdinalIgnoreCase);
        Assert.False(first.EndsWithin(TimeSpan.Zero));
        first.Kill();
    }

    [Fact]
    public void A_damaged_part_is_refused_by_name_and_nothing_is_lost()
    {
        using var work = new Workplace();
        string spec = work.Spec("quick.yaml", Quick);
        SweepsProcess.Run("run", spec, "--out", work["data"]).Exits(0);
        string part = Assert.Single(Directory.GetFiles(Path.Combine(work["data"], "points")));
        byte[] bytes = File.ReadAllBytes(part);
        bytes[bytes.Length / 3] ^= 0x10;
        File.WriteAllBytes(part, bytes);
        foreach (string command in (string[])["show", "verify"])
        {
            var outcome = SweepsProcess.Run(command, work["data"]);
            Assert.True(outcome.ExitCode is 2 or 3, $"{command}: exit code {outcome.ExitCode}: {outcome.Errors}");
            Assert.Contains(Path.GetFileName(part), outcome.Errors, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", outcome.Errors, StringComparison.Ordinal);
        }
        Assert.Equal(bytes, File.ReadAllBytes(part));
    }

    [Theory]
    [InlineData("--threads", "1000000000", "at most 1024")]
    [InlineData("--threads", "0", "at least 1")]
    [InlineData("--out", "", "names no folder")]
    public void An_option_without_sense_is_a_sentence(string option, string value, string sentence)
    {
        using var work = new Workplace();
        string spec = work.Spec("quick.yaml", Quick);
        string[] place = option == "--out" ? [] : ["--out", work["data"]];
        var outcome = SweepsProcess.Run(["run", spec, option, value, .. place]).Exits(2);
        Assert.Contains(sentence, outcome.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(work["data"]));
    }

    [Fact]
    public void A_picture_that_cannot_be_written_is_the_machines_fault_and_names_the_file()
    {
        using var work = new Workplace();
        SweepsProcess.Run("run", work.Spec("quick.yaml", Quick), "--out", work["data"]).Exits(0);
        var outcome = SweepsProcess.Run("plot", work["data"], "--x", "separation", "--y", "t_speciation", "-o", "/proc/x.svg").Exits(3);
        Assert.Contains("/proc/x.svg cannot be written", outcome.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_holds_another_sweep_is_refused_with_the_difference()
    {
        using var work = new Workplace();
        SweepsProcess.Run("run", work.Spec("quick.yaml", Quick), "--out", work["data"]).Exits(0);
        string expected = Rows.Digest(work["data"]);
        string other = work.Spec("other.yaml", Quick.Replace("samples: 256", "samples: 512", StringComparison.Ordinal));
        Assert.Contains("samples", SweepsProcess.Run("run", other, "--out", work["data"]).Exits(2).Errors, StringComparison.Ordinal);
        Assert.Equal(expected, Rows.Digest(work["data"]));
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_told_in_a_sentence()
    {
        using var work = new Workplace();
        string spec = work.Spec("quick.yaml", Quick);
        foreach (string place in (string[])["/proc/sweeps", Path.Combine(spec, "inner")])
        {
            var outcome = SweepsProcess.Run("run", spec, "--out", place).Exits(2);
            Assert.Contains(place, outcome.Errors, StringComparison.Ordinal);
            Assert.Contains("--out", outcome.Errors, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", outcome.Errors, StringComparison.Ordinal);
        }
    }

    /// <summary>Waits for a file by the file system's own signal.</summary>
    private sealed class FileAppears : IDisposable
    {
        private readonly string path;
        private readonly ManualResetEventSlim appeared = new();
        private readonly FileSystemWatcher watcher;

        public FileAppears(string path)
        {
            this.path = path;
            watcher = new(Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(path)!)!)!) { IncludeSubdirectories = true };
            watcher.Created += (_, _) => Look();
            watcher.Changed += (_, _) => Look();
            watcher.EnableRaisingEvents = true;
            Look();
        }

        public bool Within(TimeSpan time) => appeared.Wait(time);

        public void Dispose()
        {
            watcher.Dispose();
            appeared.Dispose();
        }

        private void Look()
        {
            if (File.Exists(path)) appeared.Set();
        }
    }
}
