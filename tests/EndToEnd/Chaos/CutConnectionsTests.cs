using System.Globalization;
using Sweeps.Compute.Random;
using Sweeps.Contract.Server;
using Sweeps.EndToEnd.Cluster;
using Xunit.Abstractions;

namespace Sweeps.EndToEnd.Chaos;

/// <summary>Connections that the server ends, all the time: of silos, those that listen among them, and of a user who watches.</summary>
[Collection(ClusterTests.Name)]
public sealed class CutConnectionsTests(ClusterServer server, ITestOutputHelper output)
{
    private const int MostAtOnce = 3;

    private static readonly ChaosSweep Sweep = ChaosScale.IsThorough ? ChaosSweep.OfChunks(12) : ChaosSweep.Usual;

    [Fact]
    public async Task Connections_that_are_cut_all_the_time_keep_no_sweep_from_its_end()
    {
        await using var cluster = await TestCluster.StartAsync(server);
        SiloProcess[] silos = [.. Enumerable.Range(0, 3).Select(_ => cluster.StartSilo("--threads", "1", "--lost-after", ChaosScale.LostAfter(2)))];
        string id = cluster.Submit(Sweep.Yaml);
        using var watch = cluster.StartSweeps("watch", id);
        await cluster.UntilComputingAsync(id);

        using var ended = new CancellationTokenSource();
        var contacts = new Contacts(cluster);
        var looking = Polling.EveryAsync(TimeSpan.FromMilliseconds(50), contacts.LookAsync, ended.Token);
        RandomStream chance = RandomStream.Of(13, "connections\n", "test");
        ulong drawn = 0;
        int cuts = 0;
        while (!watch.EndsWithin(TimeSpan.FromMilliseconds(50 + 450 * chance.Uniform(drawn++))))
        {
            string[] cut = await CutAsync(cluster, chance, 1 + (int)(MostAtOnce * chance.Uniform(drawn++)), drawn);
            drawn += MostAtOnce;
            if (cut.Length == 0) continue;
            cuts += cut.Length;
            contacts.CutAt(cut[0]);
        }
        await ended.CancelAsync();
        await looking;

        Assert.Contains($"{id} is complete", watch.Wait().Exits(0).Errors, StringComparison.Ordinal);
        await cluster.UntilFinishedAsync(id);
        cluster.IsWhole(id, Sweep);
        Assert.All(silos, silo => Assert.False(silo.HasExited));
        // A busy machine may let a silo fall silent for two seconds; it does not come to more than a few.
        Assert.InRange((await cluster.EvidenceAsync(id)).Length, 0, 4);
        output.WriteLine($"{cuts} connections were cut");
        new RecoveryReport(output).Say("connections cut every 50 to 500 ms", "from a cut until each silo was heard again", contacts.Times);
    }

    // Ends random connections of silos and users.
    private static async Task<string[]> CutAsync(TestCluster cluster, RandomStream chance, int most, ulong drawn)
    {
        string[] open = await cluster.AskAsync(
            """
            select pid::text from pg_stat_activity
            where datname = current_database() and usename in ('sweeps_work', 'sweeps_operate') order by backend_start
            """);
        if (open.Length == 0) return [];
        var chosen = Enumerable.Range(0, most).Select(i => open[(int)(open.Length * chance.Uniform(drawn + (ulong)i))]).Distinct();
        return await cluster.AskAsync(
            $"select now()::text from unnest(array[{string.Join(", ", chosen)}]) pid where pg_terminate_backend(pid)");
    }

    /// <summary>When each silo was heard again after each cut, by the database's clock.</summary>
    private sealed class Contacts(TestCluster cluster)
    {
        private readonly Lock gate = new();
        private readonly List<(DateTimeOffset At, HashSet<string> Heard)> pending = [];
        private readonly List<TimeSpan> times = [];

        public IReadOnlyCollection<TimeSpan> Times => times;

        public void CutAt(string moment)
        {
            lock (gate) pending.Add((Parsed(moment), []));
        }

        public async Task LookAsync()
        {
            var silos = (await cluster.AskAsync("select name || ' ' || heard_at from sweeps.silo where state = 'working'"))
                .Select(silo => silo.Split(' ', 2)).ToDictionary(silo => silo[0], silo => Parsed(silo[1]));
            lock (gate)
            {
                foreach (var (at, heard) in pending)
                {
                    heard.UnionWith(silos.Where(silo => silo.Value > at).Select(silo => silo.Key));
                    if (silos.Keys.All(heard.Contains)) times.Add(silos.Values.Max() - at);
                }
                pending.RemoveAll(cut => silos.Keys.All(cut.Heard.Contains));
            }
        }

        private static DateTimeOffset Parsed(string moment) => DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture);
    }
}
