using System.Collections.Concurrent;
using System.Net;
using System.Xml.Linq;
using Sweeps.Dashboard.Datasets;
using Sweeps.Dashboard.Hosting;
using Sweeps.Fakes;

namespace Sweeps.Dashboard.Tests.Pages;

/// <summary>The dashboard of a cluster in memory, with a browser that follows no redirect.</summary>
internal sealed class Site : IAsyncDisposable, ISweepDatasets
{
    private readonly DashboardServer server;
    private readonly Dictionary<string, string> folders = [];

    private Site(FakeCluster cluster)
    {
        Cluster = cluster;
        var source = new SweepSource(cluster, this, [new FakeExperiment()], TimeProvider.System);
        server = DashboardServer.StartAsync(
            new(new(IPAddress.Loopback, 0)) { Log = Logged.Enqueue }, source, CancellationToken.None).GetAwaiter().GetResult();
        Browser = new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = server.Address };
        Browser.DefaultRequestHeaders.Add("Origin", $"http://{server.Address.Authority}"); // as browsers say of forms of our own pages
        Browser.DefaultRequestHeaders.Add("Accept", "text/html");
    }

    public FakeCluster Cluster { get; }

    public HttpClient Browser { get; }

    public ConcurrentQueue<string> Logged { get; } = [];

    /// <summary>How often a dataset was opened.</summary>
    public int Openings { get; private set; }

    /// <summary>What opening a dataset waits for.</summary>
    public Task Opens { get; set; } = Task.CompletedTask;

    public static Site Start() => new(new FakeCluster { IsPatient = true });

    /// <summary>A complete sweep with a dataset.</summary>
    public FakeSweep Add(string id, SmallDataset dataset)
    {
        var sweep = new FakeSweep(id, dataset.Spec);
        Cluster.Sweeps.Insert(0, sweep);
        folders[id] = dataset.Folder;
        return sweep;
    }

    public async Task<Checked<SweepFolder>> OpenAsync(string id, CancellationToken cancellation)
    {
        await Task.Yield();
        await Opens;
        Openings++;
        return folders.TryGetValue(id, out string? folder)
            ? SweepFolder.Open(folder, [new FakeExperiment()])
            : Checked<SweepFolder>.Wrong("no dataset here; share it");
    }

    /// <summary>A page, whole and well-formed, with one heading of the first rank and a name for each field.</summary>
    public async Task<XElement> PageAsync(string address, HttpStatusCode status = HttpStatusCode.OK) =>
        await ReadAsync(await Browser.GetAsync(new Uri(address, UriKind.Relative)), status);

    /// <summary>A page that answers a form.</summary>
    public async Task<XElement> SendAsync(string address, HttpStatusCode status, params (string Name, string Value)[] fields) =>
        await ReadAsync(await PostAsync(address, fields), status);

    public async Task<HttpResponseMessage> PostAsync(string address, params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields) form.Add(new StringContent(value), name);
        return await Browser.PostAsync(new Uri(address, UriKind.Relative), form);
    }

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        await server.DisposeAsync();
        await Cluster.DisposeAsync();
    }

    private static async Task<XElement> ReadAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        string html = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{answer.StatusCode}: {html}");
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("<!DOCTYPE html>", html, StringComparison.Ordinal);
        var page = Html.Parse(html);
        Assert.Single(page.All("h1"));
        Assert.Single(page.All("main"));
        Assert.Empty(page.All("style").Concat(page.Descendants().Where(element => element.Attribute("style") is not null)));
        Assert.All(page.All("script"), script => Assert.NotNull(script.Attribute("src")));
        Assert.DoesNotContain(page.Descendants().Attributes(), attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        string[] ids = [.. page.Descendants().Select(element => (string?)element.Attribute("id")).OfType<string>()];
        Assert.Equal(ids.Distinct(), ids);
        var labels = page.All("label").Select(label => (string?)label.Attribute("for")).ToHashSet();
        Assert.All(page.All("select").Concat(page.All("textarea")).Concat(page.All("input").Where(input => (string?)input.Attribute("type") != "hidden")),
            field => Assert.Contains((string?)field.Attribute("id"), labels));
        return page;
    }
}
