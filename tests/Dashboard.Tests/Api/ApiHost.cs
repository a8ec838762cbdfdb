using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Sweeps.Dashboard.Api.Bodies;
using Sweeps.Dashboard.Hosting;
using Sweeps.Fakes;
using Sweeps.Grains.Hosts.Local;
using Sweeps.Grains.Specs;
using Sweeps.Grains.Workers;

namespace Sweeps.Dashboard.Tests.Api;

/// <summary>A dashboard over a cluster in memory, with datasets in a folder of its own.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("sweeps-api-");
    private readonly DashboardServer server;

    private ApiHost(FakeCluster cluster, TimeProvider clock, Action<string> log)
    {
        Cluster = cluster;
        var source = new SweepSource(cluster, new ClusterDatasets(cluster, folder.FullName, Catalogue), Catalogue, clock);
        server = DashboardServer.StartAsync(new(new(IPAddress.Loopback, 0)) { Log = log }, source, CancellationToken.None)
            .GetAwaiter().GetResult();
        Client = new HttpClient { BaseAddress = new Uri(server.Address, "/api/v1/") };
        // As scripts of our own pages do: what forms of other sites could send as well is refused before it comes to the API.
        Client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
    }

    public static FakeExperiment[] Catalogue { get; } = [new()];

    public FakeCluster Cluster { get; }

    public HttpClient Client { get; }

    public IReadOnlyList<Endpoint> Routes => server.Routes;

    public static ApiHost Start(TimeProvider? clock = null, Action<string>? log = null) =>
        new(new FakeCluster { IsPatient = true }, clock ?? TimeProvider.System, log ?? (_ => { }));

    public static SweepSpec Spec(string text) =>
        SpecReader.Read(text, "test.yaml", [], Catalogue) is { IsValid: true, Spec: { } spec } ? spec : throw new ArgumentException(text);

    /// <summary>Runs a sweep, so that the cluster has it, and its dataset is there.</summary>
    public async Task<FakeSweep> RunAsync(string id, string text = FakeExperiment.SmallSpec)
    {
        var spec = Spec(text);
        var opened = Assert.IsType<LocalSweepOpening.Opened>(
            LocalSweep.Open(Path.Combine(folder.FullName, id), spec, Catalogue, TimeProvider.System, CancellationToken.None));
        using (opened.Sweep) await opened.Sweep.RunAsync([new LaneProcessor(2)], null, CancellationToken.None);
        var sweep = new FakeSweep(id, spec);
        Cluster.Sweeps.Insert(0, sweep);
        return sweep;
    }

    public string FolderOf(string id) => Path.Combine(folder.FullName, id);

    public Task<HttpResponseMessage> GetAsync(string path, string? accept = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accept is not null) Assert.True(request.Headers.TryAddWithoutValidation("Accept", accept));
        return Client.SendAsync(request);
    }

    /// <summary>What an address answers, which must be well.</summary>
    public async Task<JsonElement> JsonAsync(string path)
    {
        using var answer = await GetAsync(path);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        return JsonDocument.Parse(text).RootElement;
    }

    public Task<HttpResponseMessage> PostAsync(
        string path, string text = "", string? type = "application/yaml", params (string Name, string Value)[] headers) =>
        PostAsync(path, Encoding.UTF8.GetBytes(text), type, headers);

    public Task<HttpResponseMessage> PostAsync(string path, byte[] body, string? type, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        // As a browser would from a page of this dashboard: requests of other sites are another test's matter.
        request.Headers.Add("Origin", Client.BaseAddress!.GetLeftPart(UriPartial.Authority));
        if (type is not null) request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        foreach (var (name, value) in headers) Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        return Client.SendAsync(request);
    }

    /// <summary>The problem that an answer must be.</summary>
    public static async Task<ProblemBody> ProblemAsync(HttpStatusCode status, HttpResponseMessage answer)
    {
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == answer.StatusCode, $"{answer.StatusCode}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        var problem = JsonSerializer.Deserialize<ProblemBody>(text, ApiJson.Options)!;
        Assert.Equal((int)status, problem.Status);
        Assert.NotEmpty(problem.Title);
        Assert.NotEmpty(problem.Detail);
        answer.Dispose();
        return problem;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await server.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
