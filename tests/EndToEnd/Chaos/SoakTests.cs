using Sweeps.Contract.Server;
using Sweeps.EndToEnd.Cluster;
using Xunit.Abstractions;

namespace Sweeps.EndToEnd.Chaos;

/// <summary>
/// Hours of light load and faults: silos do not grow, and nothing is lost. Two silos are left alone, and their memory is judged; a third is
/// killed and suspended, and all of them lose connections and the database. Meanwhile sweeps grow minute by minute, so that claims,
/// completions, extensions, merges and terms on datasets come again and again, with idle time between.
/// </summary>
[Collection(ClusterTests.Name)]
public sealed class SoakTests(ClusterServer server, ITestOutputHelper output)
{
    [SoakFact]
    public async Task Silos_that_go_on_through_faults_and_extensions_do_not_grow_and_lose_no_row()
    {
        var length = SoakLength.OfThisRun!;
        await using var cluster = await TestCluster.StartAsync(server);
        string[] names = ["silo_0", "silo_1"];
        SiloProcess[] silos = [.. names.Select(name => cluster.StartSiloCalled(name, "--threads", "1", "--lost-after", "2"))];
        var growth = new SoakGrowth(cluster);
        await growth.BeginAsync();
        var faults = new SoakFaults(cluster, server, length);
        var watch = new SoakWatch(cluster, silos, names, output);

        using var end = new CancellationTokenSource(length.Time, TimeProvider.System);
        await TogetherAsync(
            end,
            Polling.EveryAsync(SoakWatch.Period, () => watch.SampleAsync(() => $"{growth.Points} points; {faults}"), end.Token),
            Polling.EveryAsync(TimeSpan.FromMinutes(1), growth.GoOnAsync, end.Token),
            faults.RunAsync(end.Token));

        watch.Say($"{growth.Points} points by {growth.Extensions} extensions of {growth.Sweeps.Count} sweeps, {growth.SmallSweeps} small sweeps; {faults}; "
            + $"the silos registered {string.Join(" and ", silos.Select(silo => silo.Names.Length))} times");
        foreach (var (id, points) in growth.Sweeps) IsWhole(cluster, id, points);
        foreach (var silo in silos) silo.Terminate();
        foreach (var silo in silos) silo.Wait().Exits(0);
        cluster.NoSiloFailed();
        if (length.IsJudged)
            new SoakJudgement(length, watch.Samples, watch.Say).NothingGrew();
        else
            watch.Say($"{length.Minutes} minutes are too short to tell growth from warming up: rows alone were judged");
    }

    private void IsWhole(TestCluster cluster, string id, int points)
    {
        string folder = cluster.Folder(id);
        Rows.AreWhole(folder, points);
        var status = cluster.Status(id);
        Assert.Equal("complete", status.GetProperty("state").GetString());
        Assert.Equal(points, status.GetProperty("points_done").GetInt32());
        Assert.Equal(0, status.GetProperty("points_failed").GetInt32());
        Assert.Equal(0, status.GetProperty("chunks_quarantined").GetInt32());
        Assert.Empty(cluster.Staged(id));
        // Many points, on a machine that may have more to do.
        using var verify = SweepsProcess.Start("verify", folder, "--points", "40");
        Assert.True(verify.EndsWithin(TimeSpan.FromMinutes(20)), "40 points are not verified in 20 minutes");
        var verified = verify.Wait().Exits(0);
        Assert.Contains("every bit is the same", verified.Output, StringComparison.Ordinal);
        output.WriteLine($"{id}: {points} points; {verified.Output}");
    }

    // The first that fails ends all: the others would wait for what does not come.
    private static Task TogetherAsync(CancellationTokenSource end, params Task[] tasks) => Task.WhenAll(tasks.Select(async task =>
    {
        try
        {
            await task;
        }
        catch
        {
            await end.CancelAsync();
            throw;
        }
    }));
}
