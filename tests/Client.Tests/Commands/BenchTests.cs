using System.CommandLine;
using System.Text.Json;
using Sweeps.Client.Commands;
using Sweeps.Client.Shell;
using Sweeps.Client.Tests.Measuring;
using Sweeps.Compute.Kernels.Rates;
using Sweeps.Grains.Datasets;

namespace Sweeps.Client.Tests.Commands;

public sealed class BenchTests : IDisposable
{
    private readonly ManualClock clock = new();
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();
    private bool isTerminal;

    private static readonly (string Key, double Value)[] Expected =
    [
        ("fma_peak_gflops", 100), ("memory_bandwidth_gb_per_s", 12.5), ("normals_per_s", 1_234_567_890),
        ("score.d256.gflops", 50), ("score.d256.fraction", 0.5),
    ];

    private KernelRates Rates => new(
        new FakeRate("fma_peak_gflops", clock, 1_000_000_000, TimeSpan.FromMilliseconds(10)),
        [
            new FakeRate("memory_bandwidth_gb_per_s", clock, 125_000_000, TimeSpan.FromMilliseconds(10)) { Unit = "GB/s" },
            new FakeRate("normals_per_s", clock, 1_234_567_890, TimeSpan.FromSeconds(1)) { Unit = "normals/s", UnitSize = 1 },
            new FakeRate("score.d256.gflops", clock, 2_000_000_000, TimeSpan.FromMilliseconds(40)) { FractionName = "score.d256.fraction" },
        ]);

    public void Dispose()
    {
        output.Dispose();
        error.Dispose();
    }

    private JsonProperty[] Figures(string key) =>
        [.. JsonDocument.Parse(output.ToString()).RootElement.GetProperty(key).EnumerateObject()];

    private int Run(Func<long, KernelRates> rates, params string[] arguments)
    {
        var terminal = new Terminal { Out = output, Error = error, Clock = clock, ErrorIsTerminal = isTerminal };
        return new BenchCommand(terminal, rates).Parse(arguments).Invoke(new() { EnableDefaultExceptionHandler = false });
    }

    [Fact]
    public void Json_has_flat_keys_and_each_figure_by_number_of_threads()
    {
        Assert.Equal(ExitCode.Done, Run(_ => Rates, "--json", "--threads", "3"));

        var report = JsonDocument.Parse(output.ToString()).RootElement;
        Assert.Equal(
            ["machine", "software", "device", "rounds", .. Expected.Select(figure => figure.Key)],
            report.EnumerateObject().Select(property => property.Name));
        Assert.Equal(Environment.ProcessorCount, report.GetProperty("machine").GetProperty("cores").GetInt32());
        Assert.Equal(
            ["name", "cores", "vector_bits", "memory_bytes", "last_level_cache_bytes", "runtime"],
            report.GetProperty("machine").EnumerateObject().Select(property => property.Name));
        Assert.Equal(DatasetMetadata.SoftwareVersion, report.GetProperty("software").GetString());
        Assert.Equal("cpu", report.GetProperty("device").GetString());
        foreach (var (key, value) in Expected)
        {
            Assert.Equal(["1", "3"], report.GetProperty(key).EnumerateObject().Select(property => property.Name));
            Assert.All(report.GetProperty(key).EnumerateObject(), figure => Assert.Equal(value, figure.Value.GetDouble(), 1e-9 * value));
        }
        Assert.True(report.GetProperty("rounds").GetProperty("3").GetInt32() >= 1);
    }

    [Fact]
    public void The_table_has_a_row_per_quantity_and_the_fraction_beside_the_score()
    {
        Assert.Equal(ExitCode.Done, Run(_ => Rates, "--threads", "2"));

        string[] lines = output.ToString().Split('\n');
        Assert.Contains(DatasetMetadata.SoftwareVersion, lines[0]);
        Assert.Contains(".NET", lines[0]);
        string[] Cells(string first) => lines.Single(line => line.TrimStart().StartsWith(first, StringComparison.Ordinal))
            .Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(["quantity", "unit", "1 thread", "of peak", "2 threads", "of peak"], Cells("quantity"));
        Assert.Equal(["the fma_peak_gflops", "GFLOP/s", "100", "100"], Cells("the fma"));
        Assert.Equal(["the memory_bandwidth_gb_per_s", "GB/s", "12.5", "12.5"], Cells("the memory"));
        Assert.Equal(["the normals_per_s", "M normals/s", "1 235", "1 235"], Cells("the normals"));
        Assert.Equal(["the score.d256.gflops", "GFLOP/s", "50", "50 %", "50", "50 %"], Cells("the score"));
        Assert.DoesNotContain('\u001b', output.ToString() + error);
    }

    [Fact]
    public void One_thread_is_measured_once()
    {
        Run(_ => Rates, "--json", "--threads", "1", "--device", "cpu");
        Assert.Equal("1", Assert.Single(Figures("rounds")).Name);
    }

    [NoGpuFact]
    public void Auto_without_a_GPU_measures_the_processor_and_says_so()
    {
        Assert.Equal(ExitCode.Done, Run(_ => Rates, "--json", "--threads", "1", "--device", "auto"));
        Assert.Equal("cpu", JsonDocument.Parse(output.ToString()).RootElement.GetProperty("device").GetString());
        Assert.StartsWith("no GPU here: the processor's rates", error.ToString());
    }

    [Fact]
    public void One_thread_and_one_per_core_are_measured_unless_told_otherwise()
    {
        Run(_ => Rates, "--json");
        string[] expected = Environment.ProcessorCount == 1 ? ["1"] : ["1", $"{Environment.ProcessorCount}"];
        Assert.Equal(expected, Figures("rounds").Select(figure => figure.Name));
    }

    [Fact]
    public void All_of_it_takes_less_than_half_a_minute()
    {
        Run(_ => Rates, "--threads", "2");
        Assert.InRange(clock.GetElapsedTime(0), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Talk_tells_what_is_measured_and_how_and_goes_to_standard_error()
    {
        Run(_ => Rates, "--json", "--threads", "2");
        string[] lines = error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["measuring 1 thread", "measuring 2 threads"], lines[..2]);
        Assert.Matches(@"^rates: the best of \d+ and \d+ rounds; of peak: the median", lines[2]);
    }

    [Fact]
    public void On_a_terminal_the_share_that_is_done_stands_in_one_line_and_goes_in_the_end()
    {
        isTerminal = true;
        Run(_ => Rates, "--json", "--threads", "1");
        Assert.StartsWith("\r\u001b[Kmeasuring 1 thread: 0 %\r\u001b[Kmeasuring 1 thread: ", error.ToString());
        Assert.Contains("%\r\u001b[Krates:", error.ToString());
        Assert.Equal(1, error.ToString().Count(c => c == '\n'));
    }

    [Fact]
    public void The_arrays_for_the_memory_are_asked_for_with_the_rates()
    {
        long asked = 0;
        Run(bytes => { asked = bytes; return Rates; });
        Assert.InRange(asked, 1, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4);
    }

    [Fact]
    public void Memory_that_runs_out_ends_with_3_and_a_remedy()
    {
        var heavy = new FakeRate("heavy", clock, 1, TimeSpan.Zero) { Preparing = _ => throw new InsufficientMemoryException() };
        Assert.Equal(ExitCode.MachineFailed, Run(_ => Rates with { Kernels = [heavy] }, "--threads", "2"));
        Assert.Contains("measure with fewer --threads", error.ToString());
        Assert.Empty(output.ToString());
    }

    [Fact]
    public void An_interruption_ends_with_130_and_prints_no_figures()
    {
        using var session = new Session();
        session.Interruption.Cancel();
        Assert.Equal(ExitCode.Interrupted, session.Run("bench", "--threads", "1"));
        Assert.Empty(session.Out);
    }
}
