using Sweeps.Compute.Random;
using Sweeps.EndToEnd.Cluster;

namespace Sweeps.EndToEnd.Chaos;

/// <summary>Faults at random moments, one after the other, from a fixed seed: most strike one silo, some every connection.</summary>
internal sealed class SoakFaults(TestCluster cluster, ClusterServer server, SoakLength length)
{
    // Whatever the length, a soak restarts the database at least once.
    private readonly TimeSpan restartEvery = TimeSpan.FromMinutes(Math.Min(10, length.Minutes / 2.0));
    private readonly RandomStream moments = RandomStream.Of(3, "soak\n", "test");
    private readonly long began = TimeProvider.System.GetTimestamp();
    private ulong drawn;
    private TimeSpan nextRestart;
    private SiloProcess sufferer = Start(cluster);

    public int Kills { get; private set; }

    public int Suspensions { get; private set; }

    public int LostConnections { get; private set; }

    public int Restarts { get; private set; }

    private TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(began);

    /// <summary>Goes on until the soak is over.</summary>
    /// <param name="end">Before that.</param>
    public async Task RunAsync(CancellationToken end)
    {
        nextRestart = restartEvery * (0.5 + 0.5 * Draw());
        while (!end.IsCancellationRequested)
        {
            var pause = TimeSpan.FromSeconds(20 + 20 * Draw());
            if (Elapsed + pause >= length.Time) return;
            await PassAsync(pause);
            await StrikeAsync();
        }
    }

    public override string ToString() =>
        $"{Kills} kills, {Suspensions} suspensions, {LostConnections} lost connections, {Restarts} restarts of the database";

    private static SiloProcess Start(TestCluster cluster) => cluster.StartSiloCalled("sufferer", "--threads", "1", "--lost-after", "2");

    private async Task StrikeAsync()
    {
        double kind = Draw();
        if (Elapsed >= nextRestart)
        {
            nextRestart = Elapsed + restartEvery;
            await RestartDatabaseAsync();
        }
        else if (kind < 0.35)
        {
            await LoseConnectionAsync();
        }
        else if (kind < 0.7)
        {
            sufferer.Kill();
            sufferer = Start(cluster);
            Kills++;
        }
        else
        {
            await SuspendAsync();
        }
    }

    private async Task SuspendAsync()
    {
        // One that was just started may not be known yet.
        await ClusterDeadline.MeetAsync(
            () => Task.FromResult(sufferer.Names.Length > 0), () => $"the silo does not register:\n{sufferer.Errors}");
        sufferer.Stop();
        int names = sufferer.Names.Length;
        string name = sufferer.Names[^1];
        await ClusterDeadline.MeetAsync(
            async () => (await cluster.Server.SilosAsync(CancellationToken.None)).All(silo => silo.Name != name || silo.State == "lost"),
            () => $"{name} is not lost");
        sufferer.Continue();
        await ClusterDeadline.MeetAsync(
            () => Task.FromResult(sufferer.Names.Length > names), () => $"the silo does not register anew:\n{sufferer.Errors}");
        Suspensions++;
    }

    private async Task LoseConnectionAsync()
    {
        string[] backends = await cluster.AskAsync(
            $"select pid::text from pg_stat_activity where usename = '{ClusterServer.Work}' order by pid");
        if (backends.Length == 0) return;
        string chosen = backends[(int)(backends.Length * Draw())];
        await cluster.AskAsync($"select pg_terminate_backend({chosen})::text");
        LostConnections++;
    }

    private async Task RestartDatabaseAsync()
    {
        await server.Process.CrashAsync();
        try
        {
            await PassAsync(TimeSpan.FromSeconds(4 * Draw()));
        }
        finally
        {
            await server.Process.StartAgainAsync();
        }
        Restarts++;
    }

    private async Task PassAsync(TimeSpan time)
    {
        // Nothing ends a silo but a test.
        bool ended = await Task.Run(() => sufferer.EndsWithin(time));
        Assert.False(ended, $"the silo has ended by itself:\n{sufferer.Errors}");
    }

    private double Draw() => moments.Uniform(drawn++);
}
