using System.Runtime.InteropServices;
using Sweeps.Compute.Experiments;
using Sweeps.Grains.Datasets.Parquet;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Hosts.Local;
using Sweeps.Grains.Leases;
using Sweeps.Grains.Planning;
using Sweeps.Grains.Specs;
using Sweeps.Grains.Workers;
using Sweeps.Silo.Chunks;

namespace Sweeps.Silo.Tests.Chunks;

/// <summary>A chunk in a process of its own, with real ones.</summary>
public sealed partial class ChunkProcessTests : IDisposable
{
    private const long Epoch = 5;
    private const string Light = "samples: 64, steps: 20, training_points: 50, dimension: 4";
    private const string Heavy = "samples: 65536, steps: 10000, training_points: 100000, dimension: 256";
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("sweeps-silo-");

    public void Dispose() => data.Delete(recursive: true);

    [Fact]
    public async Task The_process_computes_the_points_of_its_chunk_and_leaves_the_part_in_staging()
    {
        var (sweep, chunk) = Dataset(Light);
        var result = await Process(sweep).RunAsync(Lease(chunk), chunk, default).WaitAsync(Journal.Deadline);

        Assert.Equal(new ChunkProcessResult.Staged(3, 0), result);
        string part = Assert.Single(Directory.GetFiles(Path.Combine(data.FullName, sweep.Folder, "_staging"), "*points*"));
        Assert.Contains(Epoch.ToString(System.Globalization.CultureInfo.InvariantCulture), Path.GetFileName(part));
        using (var rows = new ParquetFormat().Open(part)) Assert.Equal(3, rows.RowCount);
        Assert.Empty(Directory.GetFiles(Path.Combine(data.FullName, sweep.Folder, "points")));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_the_machines_fault_and_not_the_chunks()
    {
        var (sweep, chunk) = Dataset(Light);
        var running = Process(sweep with { Folder = "none" }).RunAsync(Lease(chunk), chunk, default);
        var away = await Assert.ThrowsAnyAsync<IOException>(() => running.WaitAsync(Journal.Deadline));
        Assert.Contains(Path.Combine(data.FullName, "none"), away.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dataset_of_another_generation_is_not_computed()
    {
        var (sweep, chunk) = Dataset(Light);
        var result = await Process(sweep with { SpecHash = "another" }).RunAsync(Lease(chunk), chunk, default).WaitAsync(Journal.Deadline);
        Assert.Contains("the dataset is of another generation", Assert.IsType<ChunkProcessResult.Died>(result).Cause);
    }

    [Fact]
    public async Task An_end_by_a_signal_is_named()
    {
        var (sweep, chunk) = Dataset(Heavy);
        var result = await Process(sweep, id => Assert.Equal(0, Signal(id, 9))).RunAsync(Lease(chunk), chunk,
            default).WaitAsync(Journal.Deadline);
        Assert.StartsWith("its process was ended by SIGKILL", Assert.IsType<ChunkProcessResult.Died>(result).Cause);
    }

    [Fact]
    public async Task Cancelled_the_process_is_gone()
    {
        var (sweep, chunk) = Dataset(Heavy);
        using var cancel = new CancellationTokenSource();
        int started = 0;
        var running = Process(sweep, id =>
        {
            started = id;
            cancel.Cancel();
        }).RunAsync(Lease(chunk), chunk, cancel.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Journal.Deadline));
        Assert.NotEqual(0, Signal(started, 0));
    }

    [Fact]
    public async Task Without_its_silo_it_ends_by_itself()
    {
        var (sweep, chunk) = Dataset(Heavy);
        using var orphan = System.Diagnostics.Process.Start(ChunkProgram.This.ToStart())!;
        await orphan.StandardInput.WriteLineAsync(
            new ChunkRequest(data.FullName, sweep.Folder, sweep.SpecHash, chunk.Number, Epoch, 1, "cpu").ToLine());
        orphan.StandardInput.Close();
        using var deadline = new CancellationTokenSource(Journal.Deadline, TimeProvider.System);
        await orphan.WaitForExitAsync(deadline.Token);
        Assert.Equal(3, orphan.ExitCode);
    }

    [Fact]
    public async Task A_program_that_cannot_be_started_is_the_machines_fault_and_not_the_chunks()
    {
        var (sweep, chunk) = Dataset(Light);
        var process = new ChunkProcess(new ChunkProgram(Path.Combine(data.FullName, "none"), []), data.FullName, sweep, "cpu", 1);
        await Assert.ThrowsAnyAsync<IOException>(() => process.RunAsync(Lease(chunk), chunk, default));
    }

    [Fact]
    public async Task A_disk_that_does_not_take_its_rows_is_the_machines_fault_and_not_the_chunks()
    {
        var (sweep, chunk) = Dataset(Light);
        string staging = Path.Combine(data.FullName, sweep.Folder, "_staging");
        Directory.Delete(staging, recursive: true);
        await File.WriteAllTextAsync(staging, "no folder"); // so nothing can be made in it
        var away = await Assert.ThrowsAnyAsync<IOException>(() => Process(sweep).RunAsync(Lease(chunk), chunk, default));
        Assert.Contains(staging, away.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_told_no_secrets()
    {
        (string Name, string Value)[] secrets = [("SWEEPS_SERVER_OF_A_TEST", "geheim"), ("PGPASSWORD_OF_A_TEST", "geheim"),
            ("SWEEPS_OF_A_TEST", "x")];
        try
        {
            foreach (var (name, value) in secrets) Environment.SetEnvironmentVariable(name, value);
            var start = ChunkProgram.This.ToStart();
            Assert.DoesNotContain("geheim", start.Environment.Values);
            Assert.DoesNotContain(start.Environment.Keys, name => name.StartsWith("SWEEPS_", StringComparison.Ordinal));
            Assert.Contains("PATH", start.Environment.Keys);
        }
        finally
        {
            foreach (var (name, _) in secrets) Environment.SetEnvironmentVariable(name, null);
        }
    }

    [Theory]
    [InlineData(139, "", "its process was ended by SIGSEGV")]
    [InlineData(134, "Fatal error.\nmore", "its process was ended by SIGABRT; its last words: Fatal error.\nmore")]
    [InlineData(165, "", "its process was ended by signal 37")]
    [InlineData(3, "no disk", "its process ended with exit code 3; its last words: no disk")]
    [InlineData(255, "", "its process ended with exit code 255")]
    [InlineData(0, "", "its process ended without an answer")]
    public void Ends_have_names(int exitCode, string lastWords, string sentence) =>
        Assert.Equal(sentence, ProcessEnd.Sentence(exitCode, lastWords));

    [Fact]
    public async Task Of_what_it_says_the_end_is_kept()
    {
        string said = string.Concat(Enumerable.Range(0, 100).Select(i => $"line {i}\n\n")) + new string('x', 5000);
        string kept = await LastLines.ReadAsync(new StringReader(said), 3);
        Assert.Equal($"line 98\nline 99\n{new string('x', 1000)}", kept);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"data":"a","folder":"b","spec_hash":"c","chunk":1,"epoch":2,"threads":3}""")]
    [InlineData("""{"data":"a","folder":"b","spec_hash":"c","chunk":1,"epoch":2,"threads":3,"device":"cpu","more":1}""")]
    public void What_is_no_request_is_none(string line) => Assert.Null(ChunkRequest.Parse(line));

    [Fact]
    public void A_request_is_read_as_it_was_written()
    {
        var request = new ChunkRequest("/data", "a-1", "hash", 3, 1L << 40, 8, "cuda:1");
        Assert.Equal(request, ChunkRequest.Parse(request.ToLine()));
        Assert.DoesNotContain('\n', request.ToLine());
    }

    private ChunkProcess Process(SweepRecord sweep, Action<int>? started = null) =>
        new(ChunkProgram.This, data.FullName, sweep, "cpu", 1, started);

    private static Lease Lease(Chunk chunk) => new(new(chunk.Number, Epoch, Guid.NewGuid()), "host/0", null, default!, true);

    /// <summary>A dataset that is made and has no rows yet, and its first chunk.</summary>
    private (SweepRecord Sweep, Chunk First) Dataset(string keys)
    {
        string text = $$"""
            name: alone
            experiment: gaussian-mixture
            axes: { separation: [0.5, 1, 1.5] }
            fixed: { {{keys}} }
            """;
        var spec = SpecReader.Read(text, "alone.yaml", [], ExperimentCatalogue.All).Spec!;
        var opening = LocalSweep.Open(Path.Combine(data.FullName, "alone-1"), spec, ExperimentCatalogue.All, TimeProvider.System);
        Assert.IsType<LocalSweepOpening.Opened>(opening).Sweep.Dispose();
        var plan = new ChunkPlan(new PointGrid(spec));
        return (new(1, "alone-1", Guid.Empty, 1, "", spec.Hash, plan.ChunkCount, ChunkPlan.Version, "0.1.0"), plan.ChunkAt(0));
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Signal(int process, int signal);
}
