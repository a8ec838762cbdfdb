using System.Diagnostics;
using OpenTelemetry.Resources;
using Sweeps.Grains.Telemetry;
using Sweeps.Grains.Telemetry.Exposition;

namespace Sweeps.Grains.Tests.Telemetry.Exposition;

/// <summary>What Prometheus' own tool says of a page (Debian's package prometheus; tests/run installs it).</summary>
public class PromtoolTests
{
    [Fact]
    public async Task Promtool_finds_nothing_to_complain_of_in_a_page_with_every_metric_of_ours()
    {
        using var everything = new RecordedEverything(TimeProvider.System);
        using var exposition = new MetricsExposition(
            everything.Metrics, TelemetryResource.Of("sweeps-silo", "0.1.0", "node1", "node1-abc"), withRuntime: false);
        everything.Record();
        Assert.Equal((0, ""), await CheckAsync(await ParsedPage.TextOfAsync(exposition)));
    }

    [Fact]
    public async Task Promtool_can_read_a_page_with_the_runtimes_metrics()
    {
        using var everything = new RecordedEverything(TimeProvider.System);
        using var exposition = new MetricsExposition(everything.Metrics, Resource.Empty);
        var (code, complaints) = await CheckAsync(await ParsedPage.TextOfAsync(exposition));
        // Names are .NET's own, and not to promtool's taste.
        Assert.True(code is 0 or 3, complaints);
        Assert.All(
            complaints.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.StartsWith("dotnet_", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Promtool_complains_of_what_is_no_page() => Assert.NotEqual(0, (await CheckAsync("g{a=\"\\x\"} 1\n")).Code);

    private static async Task<(int Code, string Complaints)> CheckAsync(string page)
    {
        using var tool = Process.Start(new ProcessStartInfo("promtool", ["check", "metrics"])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        var complaints = tool.StandardError.ReadToEndAsync();
        var talk = tool.StandardOutput.ReadToEndAsync();
        await tool.StandardInput.WriteAsync(page);
        tool.StandardInput.Close();
        await tool.WaitForExitAsync();
        return (tool.ExitCode, await complaints + await talk);
    }
}
