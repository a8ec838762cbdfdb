using System.Globalization;
using Sweeps.EndToEnd.Cluster;
using Xunit.Abstractions;

namespace Sweeps.EndToEnd.Chaos;

/// <summary>File systems that are full: under one silo alone, which no chunk may suffer for, and under all of them.</summary>
[Collection(ClusterTests.Name)]
public sealed class FullDiskTests(ClusterServer server, ITestOutputHelper output)
{
    /// <summary>What fails so often by its own fault is quarantined.</summary>
    private const int Failures = 3, DeathsAlone = 2;

    private const int SmallPoints = 12;

    // One chunk of three seconds.
    private static readonly string Small = ClusterSpec.Of("small", 2, 6);

    private readonly RecoveryReport report = new(output);

    [MountFact]
    public async Task A_silo_with_a_full_disk_says_so_harms_no_chunk_and_works_again_when_there_is_room()
    {
        await using var cluster = await TestCluster.StartAsync(server);
        string id = await BeginAsync(cluster, ClusterSpec.Usual);
        var poor = StartPoor(cluster, id);
        // The chunks come back to it again and again, for there is nobody else.
        await TriesAsync(poor, Failures + 1);
        Assert.Contains("the data folder cannot be used: No space left on device", poor.Errors, StringComparison.Ordinal);
        await UnharmedAsync(cluster, id);

        var since = TimeProvider.System.GetTimestamp();
        SiloProcess[] others =
            [.. Enumerable.Range(0, 2).Select(_ => cluster.StartSilo("--threads", "1", "--grace", "0.1"))];
        await cluster.UntilAsync(id, sweep => sweep.Progress.Settled > 0, "the others do not go on");
        report.Say(
            "one silo's disk is full", "from the start of another silo until a chunk is settled", [TimeProvider.System.GetElapsedTime(since)]);
        foreach (var other in others) await other.SaysAsync("registered as");
        foreach (var other in others) other.Terminate();
        foreach (var other in others) other.Wait().Exits(0);
        await UnharmedAsync(cluster, id);

        string before = await LastPlacedAsync(cluster);
        // Below it is the folder that all share, with room.
        await using (await MachineChange.MakeAsync($"nsenter -t {poor.Id} -m umount -l {Staging(cluster, id)}", "true"))
            since = TimeProvider.System.GetTimestamp();
        await ClusterDeadline.MeetAsync(
            async () => await LastPlacedAsync(cluster) != before, () => $"it does not work again:\n{poor.Errors}");
        report.Say("one silo's disk was full, and has room again", "until it has settled a chunk", [TimeProvider.System.GetElapsedTime(since)]);
        await FinishAsync(cluster, id, ClusterSpec.Usual, ClusterSpec.UsualPoints);
        Assert.Single(poor.Names);
    }

    [MountFact(thorough: true)]
    public async Task A_chunk_that_must_run_alone_is_not_given_up_for_the_disk_of_the_silo_that_runs_it()
    {
        await using var cluster = await TestCluster.StartAsync(server);
        string id = await BeginAsync(cluster, Small);
        // As if its silos had died with it.
        Assert.Equal(1, await cluster.ExecuteAsync("update sweeps.chunk set deaths = 2 where number = 0 and state = 'waiting'"));
        var poor = StartPoor(cluster, id);
        await TriesAsync(poor, DeathsAlone + 1);
        await UnharmedAsync(cluster, id);
        cluster.StartSilo("--threads", "2");
        await FinishAsync(cluster, id, Small, SmallPoints);
    }

    [MountFact(thorough: true)]
    public async Task A_file_system_that_fills_under_all_silos_costs_nothing_but_time()
    {
        await using var cluster = await TestCluster.StartAsync(server);
        // Gone when it is unmounted, though silos still have files there.
        await using var small = await MachineChange.MakeAsync(
            $"mount -t tmpfs -o size=2m,mode=755 sweeps {cluster.Data}", $"umount -l {cluster.Data}");
        SiloProcess[] silos = [.. Enumerable.Range(0, 3).Select(_ => cluster.StartSilo("--threads", "1"))];
        string id = cluster.Submit(ClusterSpec.Usual);
        await cluster.UntilComputingAsync(id);
        string filler = Path.Combine(cluster.Data, "filler");
        await small.DoAsync($"head -c 4m /dev/zero >{filler} || true");
        await ClusterDeadline.MeetAsync(
            () => Task.FromResult(silos.Any(silo => silo.Errors.Contains("the data folder cannot be used", StringComparison.Ordinal))),
            () => $"nobody minds a full disk; the first silo says:\n{silos[0].Errors}");
        await UnharmedAsync(cluster, id);
        int settled = (await cluster.FindAsync(id)).Progress.Settled;
        File.Delete(filler);
        long since = TimeProvider.System.GetTimestamp();
        await cluster.UntilAsync(id, sweep => sweep.Progress.Settled > settled, "the sweep does not go on");
        report.Say(
            "the data folder's file system is full under three silos, and has room again", "until a chunk is settled",
            [TimeProvider.System.GetElapsedTime(since)]);
        await cluster.UntilFinishedAsync(id);
        cluster.IsWhole(id, ClusterSpec.Usual, ClusterSpec.UsualPoints);
        Assert.Empty(await cluster.EvidenceAsync(id));
        cluster.NoSiloFailed();
        foreach (var silo in silos) silo.Terminate();
        foreach (var silo in silos) silo.Wait().Exits(0);
    }

    private static string Staging(TestCluster cluster, string id) => Path.Combine(cluster.Folder(id), "_staging");

    /// <summary>A sweep with its folder, whose chunks wait.</summary>
    private static async Task<string> BeginAsync(TestCluster cluster, string yaml)
    {
        var first = cluster.StartSilo("--threads", "2", "--grace", "0.1");
        string id = cluster.Submit(yaml);
        await cluster.UntilComputingAsync(id);
        first.Terminate();
        first.Wait().Exits(0);
        return id;
    }

    /// <summary>A silo that sees a file system of one page where parts are staged; it alone.</summary>
    private static SiloProcess StartPoor(TestCluster cluster, string id) => cluster.StartSiloUnder(
        ["unshare", "-m", "sh", "-ec", "mount -t tmpfs -o size=4k,mode=755 sweeps \"$0\"; exec \"$@\"", Staging(cluster, id)],
        null, "--threads", "2");

    /// <summary>Waits until the silo has begun with the sweep so often.</summary>
    private static Task TriesAsync(SiloProcess silo, int times) => ClusterDeadline.MeetAsync(
        () => Task.FromResult(silo.Errors.Split("lane 0 works on").Length > times),
        () => string.Create(CultureInfo.InvariantCulture, $"the silo does not try {times} times, but says:\n{silo.Errors}"));

    private static async Task UnharmedAsync(TestCluster cluster, string id)
    {
        Assert.Empty(await cluster.EvidenceAsync(id));
        Assert.Empty(await cluster.AskAsync(
            "select number::text from sweeps.chunk where failures > 0 or deaths_alone > 0 or state = 'quarantined'"));
    }

    private static async Task<string> LastPlacedAsync(TestCluster cluster) =>
        string.Join(',', await cluster.AskAsync("select number::text from sweeps.chunk where state = 'settled' order by number"));

    private static async Task FinishAsync(TestCluster cluster, string id, string yaml, int points)
    {
        await cluster.UntilFinishedAsync(id);
        cluster.IsWhole(id, yaml, points);
        await UnharmedAsync(cluster, id);
        cluster.NoSiloFailed();
    }
}
