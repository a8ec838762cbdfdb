using Sweeps.Fakes;
using Sweeps.Grains.Hosts.Local;
using Sweeps.Grains.Specs;
using Sweeps.Grains.Workers;

namespace Sweeps.Dashboard.Tests.Pages;

/// <summary>A real dataset of 36 points over words and two numeric axes, some failed, made once for all tests.</summary>
public sealed class SmallDataset : IAsyncLifetime
{
    private const string Text = """
        name: small
        experiment: fake
        axes:
          kind: [flat, round]
          slope: [0, 0.1, 2, 3, 5, 13]
          width: [2, 5, 9]
        times: [1, 2, 4]
        measure: [height, sum]
        """;

    public string Folder { get; } = Directory.CreateTempSubdirectory("sweeps-pages-").FullName;

    internal SweepSpec Spec { get; } = Read(Text);

    internal static SweepSpec Read(string text)
    {
        var reading = SpecReader.Read(text, "test.yaml", [], [new FakeExperiment()]);
        Assert.True(reading.IsValid, string.Join('\n', reading.Mistakes));
        return reading.Spec;
    }

    public async Task InitializeAsync()
    {
        var opened = Assert.IsType<LocalSweepOpening.Opened>(LocalSweep.Open(Folder, Spec, [new FakeExperiment()], TimeProvider.System));
        using var lane = new LaneProcessor(1);
        using (opened.Sweep) await opened.Sweep.RunAsync([lane], null, CancellationToken.None);
    }

    public Task DisposeAsync()
    {
        Directory.Delete(Folder, true);
        return Task.CompletedTask;
    }
}
