using System.Text.Json;
using Sweeps.Contract.Server;
using Sweeps.EndToEnd.Cluster;
using Sweeps.Grains.Hosts;

namespace Sweeps.EndToEnd.Chaos;

/// <summary>
/// What users do during a soak: a sweep grows each minute until it is large and another begins, and small ones come and go beside it. So every
/// ten minutes are alike, and what grows beyond them is the silos' own.
/// </summary>
internal sealed class SoakGrowth(TestCluster cluster)
{
    // For users' commands, and for the little work of a minute: longer than a cluster is away at any time.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    private readonly List<(string Id, int Points)> grown = [];
    private int minutes, drifts;
    private string id = "";

    /// <summary>Every sweep that grew, with the points that it has by now.</summary>
    public IReadOnlyList<(string Id, int Points)> Sweeps => [.. grown, (id, SoakSpec.Points(drifts))];

    public int Points => Sweeps.Sum(sweep => sweep.Points);

    public int SmallSweeps { get; private set; }

    public int Extensions { get; private set; }

    public async Task BeginAsync()
    {
        drifts = SoakSpec.FewestDrifts;
        id = await SubmitAsync(SoakSpec.Of(drifts));
        await FinishAsync(id);
    }

    /// <summary>A minute of it.</summary>
    public async Task GoOnAsync()
    {
        minutes++;
        if (drifts >= SoakSpec.MostDrifts)
        {
            grown.Add((id, SoakSpec.Points(drifts)));
            await BeginAsync();
        }
        await GrowAsync();
        if (minutes % 3 == 0)
        {
            // Once more, in the middle of the work on what the last extension asked for.
            await cluster.UntilComputingAsync(id);
            await GrowAsync();
        }
        if (minutes % 4 == 1) await FinishSmallAsync();
        if (minutes % 4 == 3) await CancelSmallAsync();
        await FinishAsync(id);
    }

    private async Task GrowAsync()
    {
        drifts++;
        Extensions++;
        await DoAsync("extend", () => cluster.Extend(id, SoakSpec.Of(drifts)));
    }

    // Beside the rows it has, new ones come between them.
    private async Task FinishSmallAsync()
    {
        SmallSweeps++;
        string small = await SubmitAsync(ClusterSpec.Of("small", 2, 2), "--priority", "5");
        await FinishAsync(small);
        string larger = ClusterSpec.Of("small", 2, 3);
        await DoAsync("extend", () => cluster.Extend(small, larger));
        await FinishAsync(small);
        cluster.IsWhole(small, larger, 6);
    }

    private async Task CancelSmallAsync()
    {
        SmallSweeps++;
        string small = await SubmitAsync(ClusterSpec.Usual, "--priority", "5");
        await cluster.UntilComputingAsync(small);
        await DoAsync("cancel", () => cluster.Sweeps("cancel", small));
        var status = await DoAsync("status", () => cluster.Sweeps("status", small, "--json"));
        Assert.Equal("cancelled", JsonDocument.Parse(status.Output).RootElement.GetProperty("state").GetString());
    }

    private async Task<string> SubmitAsync(string yaml, params string[] options) =>
        (await DoAsync("submit", () => cluster.TrySubmit(yaml, options))).Output.Trim();

    private Task FinishAsync(string id) => UntilAsync(
        async () => (await cluster.FindPatientlyAsync(id)).Stage is DatasetStage.Finished, () => $"{id} does not end");

    // As users do: a server that is away, or a sweep that is busy, is asked again.
    private static async Task<ProgramOutcome> DoAsync(string what, Func<ProgramOutcome> command)
    {
        const int ServerAway = 3;
        ProgramOutcome? last = null;
        await UntilAsync(
            () =>
            {
                last = command();
                bool isBusy = last.Errors.Contains("is busy and cannot be", StringComparison.Ordinal);
                if (last.ExitCode != ServerAway && !isBusy) last.Exits(0);
                return Task.FromResult(last.ExitCode == 0);
            },
            () => $"{what} is refused: {last?.Errors}");
        return last!;
    }

    private static async Task UntilAsync(Func<Task<bool>> happened, Func<string> otherwise)
    {
        try
        {
            await Polling.UntilAsync(happened, Patience);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"not within {Patience}: {otherwise()}");
        }
    }
}
