using Sweeps.Client.Shell;
using Sweeps.Client.Tests.Cluster;
using Sweeps.Fakes;
using Sweeps.Grains.Specs;

namespace Sweeps.Client.Tests.Commands;

public sealed class ShowOverHttpTests
{
    [Theory]
    [InlineData("--csv", "format=csv")]
    [InlineData("--json", "format=json")]
    [InlineData("--csv --columns t_height_z,kind,point --where slope=2 --where slope=0.1 --limit 5", "format=csv&columns=t_height_z,kind,point&where=slope=2&where=slope=0.1&limit=5")]
    [InlineData("--json --columns device,t_sum --where kind=round --limit 0", "columns=device,t_sum&where=kind=round&limit=0")]
    public async Task Rows_are_the_same_bytes_from_the_command_and_from_the_api(string options, string query)
    {
        using var session = new Session();
        string folder = SmallSweep.RunIn(session);
        Assert.Equal(ExitCode.Done, session.Run(["show", folder, .. options.Split(' ')]));

        var cluster = new FakeCluster { IsPatient = true };
        cluster.Sweeps.Add(new("dataset", SpecReader.Read(SmallSweep.Spec, "small.yaml", [], session.Catalogue).Spec!));
        using var between = new DashboardBetween(cluster, Path.GetDirectoryName(folder));
        using var client = new HttpClient();
        string answer = await client.GetStringAsync(new Uri($"{between.Address}/api/v1/sweeps/dataset/points?{query}"));

        Assert.Equal(session.Out, answer);
    }
}
