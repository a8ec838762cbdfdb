using Sweeps.Grains.Hosts;

namespace Sweeps.EndToEnd.Cluster;

/// <summary>Sweeps that a silo must not work on: it says why, and writes nothing.</summary>
[Collection(ClusterTests.Name)]
public sealed class RefusedSweepTests(ClusterServer server)
{
    [Fact]
    public async Task A_silo_with_another_data_folder_refuses_and_says_so_while_the_others_finish()
    {
        await using var cluster = await TestCluster.StartAsync(server);
        string id = cluster.Submit(ClusterSpec.Brief);
        cluster.Sweeps("pause", id).Exits(0);
        var maker = cluster.StartSilo("--threads", "1");
        await cluster.UntilAsync(id, sweep => sweep.Stage is DatasetStage.Ready, "no silo makes the folder");
        maker.Terminate();
        maker.Wait().Exits(0);
        string elsewhere = Directory.CreateDirectory(cluster.PathOf("elsewhere")).FullName;
        var other = cluster.StartSiloIn(elsewhere, "--threads", "1");
        cluster.Sweeps("resume", id).Exits(0);

        await cluster.UntilAsync(id, sweep => sweep.Notes.Length > 0, "no silo refuses");
        string said = cluster.Sweeps("status", id).Exits(0).Output;
        Assert.Contains($"silo {other.Names[0]} does not work on it: ", said, StringComparison.Ordinal);
        Assert.Contains($"{elsewhere}/{id} is not there", said, StringComparison.Ordinal);
        Assert.Contains("is the data folder the same shared file system on all silos?", said, StringComparison.Ordinal);

        cluster.StartSilo("--threads", "1");
        cluster.Sweeps("watch", id).Exits(0);
        cluster.IsWhole(id, ClusterSpec.Brief, ClusterSpec.BriefPoints);
        Assert.Empty(Directory.GetFileSystemEntries(elsewhere));
        Assert.Empty(await cluster.EvidenceAsync(id));
        cluster.NoSiloFailed();
    }

    [Fact]
    public async Task A_sweep_of_another_version_is_taken_by_no_silo_and_its_status_says_why()
    {
        await using var cluster = await TestCluster.StartAsync(server);
        string id = cluster.Submit(ClusterSpec.Brief);
        Assert.Empty((await cluster.FindAsync(id)).Notes);
        Assert.Equal(1, await cluster.ExecuteAsync("update sweeps.sweep set software_version = '0.3.7'"));
        cluster.StartSilo("--threads", "1");
        // One that is served after it, so it had its turn.
        string next = cluster.Submit(ClusterSpec.Brief);
        await cluster.UntilFinishedAsync(next);

        var status = cluster.Status(id);
        Assert.Equal("waiting", status.GetProperty("state").GetString());
        Assert.False(Directory.Exists(cluster.Folder(id)));
        Assert.Equal(
            "no silo here runs version 0.3, by which it was submitted; they run 0.2.0: start silos of version 0.3, or submit it again",
            Assert.Single(status.GetProperty("notes").EnumerateArray()).GetString());
        Assert.Contains("no silo here runs version 0.3", cluster.Sweeps("status", id).Exits(0).Output, StringComparison.Ordinal);
        Assert.Equal(0, cluster.Status(next).GetProperty("notes").GetArrayLength());
        cluster.NoSiloFailed();
    }

    [Fact]
    public async Task A_row_whose_spec_was_changed_in_the_database_is_refused_and_nothing_is_written()
    {
        await using var cluster = await TestCluster.StartAsync(server);
        string forged = cluster.Submit(ClusterSpec.Brief);
        string moved = cluster.Submit(ClusterSpec.Brief);
        string links = cluster.Submit(ClusterSpec.Brief);
        string swapped = cluster.Submit(ClusterSpec.Usual);
        Assert.Equal(1, await cluster.ExecuteAsync(
            $"update sweeps.sweep set spec_json = replace(spec_json, '4096', '4097') where folder = '{forged}'"));
        Assert.Equal(1, await cluster.ExecuteAsync($"update sweeps.sweep set chunks = 2 where folder = '{moved}'"));
        Assert.Equal(1, await cluster.ExecuteAsync(
            "update sweeps.sweep s set spec_json = o.spec_json from sweeps.sweep o "
            + $"where s.folder = '{swapped}' and o.folder = '{moved}'"));
        string outside = Directory.CreateDirectory(cluster.PathOf("outside")).FullName;
        Directory.CreateSymbolicLink(cluster.Folder(links), outside);
        var silo = cluster.StartSilo("--threads", "1");

        foreach (var (id, reason) in ((string, string)[])
            [
                (forged, "the spec does not match its hash"), (swapped, "their hashes differ"), (moved, "and into 2 by the server"),
                (links, "is a symbolic link"),
            ])
            await cluster.UntilAsync(
                id, sweep => sweep.Notes.Any(note => note.Contains(reason, StringComparison.Ordinal)),
                $"it is not refused because {reason}");
        // The silo is none the worse for it.
        string right = cluster.Submit(ClusterSpec.Brief);
        await cluster.UntilFinishedAsync(right);
        cluster.IsWhole(right, ClusterSpec.Brief, ClusterSpec.BriefPoints);
        Assert.Equal(
            new[] { cluster.Folder(links), cluster.Folder(right) }.Order(StringComparer.Ordinal),
            Directory.GetFileSystemEntries(cluster.Data).Order(StringComparer.Ordinal));
        Assert.Empty(Directory.GetFileSystemEntries(outside));
        Assert.False(silo.HasExited);
        cluster.NoSiloFailed();
    }

    [Fact]
    public async Task A_folder_of_another_cluster_or_of_another_spec_is_refused_and_left_as_it_is()
    {
        await using var owner = await TestCluster.StartAsync(server);
        owner.StartSilo("--threads", "1");
        string id = owner.Submit(ClusterSpec.Brief);
        await owner.UntilFinishedAsync(id);
        string[] files = Files(owner);

        // Another database, in which the sweep of that name has that number, too.
        await using var stranger = await TestCluster.StartAsync(server);
        var silo = stranger.StartSiloIn(owner.Data, "--threads", "1");
        Assert.Equal(id, stranger.Submit(ClusterSpec.Brief));
        var refused = await stranger.UntilAsync(id, sweep => sweep.Notes.Length > 0, "it is taken");
        Assert.Equal(DatasetStage.Absent, refused.Stage);
        Assert.Contains(id, Assert.Single(refused.Notes), StringComparison.Ordinal);
        Assert.Equal(files, Files(owner));

        // Prepared for one spec; then the server says that it is another.
        string prepared = owner.Submit(ClusterSpec.Brief, "--only", "gpu");
        await owner.UntilAsync(prepared, sweep => sweep.Stage is DatasetStage.Ready, "it is not prepared");
        string other = owner.Submit(ClusterSpec.Brief.Replace("seed: 3", "seed: 4", StringComparison.Ordinal), "--only", "gpu");
        Assert.Equal(1, await owner.ExecuteAsync(
            "update sweeps.sweep s set spec_json = o.spec_json, spec_hash = o.spec_hash, device = 'either' from sweeps.sweep o "
            + $"where s.folder = '{prepared}' and o.folder = '{other}'"));
        await owner.UntilAsync(
            prepared, sweep => sweep.Notes.Any(note => note.Contains("holds another generation", StringComparison.Ordinal)), "it is taken");
        Assert.Empty(Rows.Points(owner.Folder(prepared)));
        owner.IsWhole(id, ClusterSpec.Brief, ClusterSpec.BriefPoints);
        Assert.False(silo.HasExited);
        owner.NoSiloFailed();
        stranger.NoSiloFailed();
    }

    private static string[] Files(TestCluster cluster) =>
        [.. Directory.GetFiles(cluster.Data, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
