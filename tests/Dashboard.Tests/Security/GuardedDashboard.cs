using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sweeps.Dashboard.Hosting;
using Sweeps.Dashboard.Security;
using Sweeps.Dashboard.Security.Limits;
using Sweeps.Dashboard.Security.Tokens;
using Sweeps.Fakes;
using Sweeps.Grains.Hosts;

namespace Sweeps.Dashboard.Tests.Security;

/// <summary>A dashboard on a port of its own, with a token of each role or with none, over a cluster with the sweep drift-1.</summary>
internal sealed class GuardedDashboard : IAsyncDisposable
{
    /// <summary>Routes that are here for tests alone, beside all others.</summary>
    public const string Change = "/test/change", ApiChange = "/api/v1/test/change", Fault = "/test/fault", Gone = "/test/gone",
        Events = "/test/events", Upload = "/test/upload", ApiGoneAfter = "/api/v1/test/gone-after", ApiDamaged = "/api/v1/test/damaged";

    private readonly FakeCluster cluster;
    private readonly DashboardServer server;

    private GuardedDashboard(FakeCluster cluster, DashboardServer server, List<string> log) =>
        (this.cluster, this.server, Log) = (cluster, server, log);

    public static string ReadToken { get; } = AccessTokens.Fresh();

    public static string OperateToken { get; } = AccessTokens.Fresh();

    /// <summary>What an exception would tell if anybody showed it.</summary>
    public static string Secret => "the inside of the program";

    public Uri Address => server.Address;

    public List<string> Log { get; }

    public IReadOnlyList<Endpoint> Routes => server.Routes;

    public int Changes { get; private set; }

    public static async Task<GuardedDashboard> StartAsync(
        bool tokens = true, RequestLimits? limits = null, TimeProvider? clock = null, params string[] hosts)
    {
        var cluster = new FakeCluster { IsPatient = true };
        cluster.Add("drift-1");
        List<string> log = [];
        AccessTokens both = new(
        [
            new(AccessRole.Read, "ada", [.. AccessTokens.HashOf(ReadToken)]), new(AccessRole.Operate, "bob", [.. AccessTokens.HashOf(OperateToken)]),
        ]);
        FakeExperiment[] catalogue = [new()];
        GuardedDashboard? dashboard = null;
        var server = await DashboardServer.StartAsync(
            new(new(IPAddress.Loopback, 0))
            {
                Tokens = tokens ? both : null,
                Limits = limits ?? new(),
                Hosts = [.. hosts],
                Log = line =>
                {
                    lock (log) log.Add(line);
                },
            },
            new(cluster, new ClusterDatasets(cluster, null, catalogue), catalogue, clock ?? TimeProvider.System),
            CancellationToken.None,
            routes =>
            {
                routes.MapPost(Change, () => dashboard!.Changes++).RequireAuthorization(Policies.Operate);
                routes.MapPost(ApiChange, () => dashboard!.Changes++).RequireAuthorization(Policies.Operate);
                routes.MapPost(ApiGoneAfter, void () =>
                {
                    dashboard!.Changes++;
                    throw new ServerException(FakeCluster.Gone, isTransient: true);
                }).RequireAuthorization(Policies.Operate);
                routes.MapGet(ApiDamaged, void () => throw new UnauthorizedAccessException("no access to small-1"));
                routes.MapGet(Fault, void () => throw new InvalidOperationException(Secret));
                routes.MapGet(Gone, void () => throw new ServerException(FakeCluster.Gone, isTransient: true));
                routes.MapPost(Upload, async (HttpContext context) =>
                {
                    await context.Request.Body.CopyToAsync(Stream.Null);
                    return "taken";
                });
                routes.MapGet(Events, async (HttpContext context) =>
                {
                    await context.Response.WriteAsync("data: 1\n\n");
                    await context.Response.Body.FlushAsync();
                    await Task.Delay(Timeout.Infinite, context.RequestAborted);
                });
            });
        return dashboard = new(cluster, server, log);
    }

    /// <summary>A browser that keeps no cookies and follows nowhere, so that every answer is seen.</summary>
    public HttpClient Client() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };

    /// <summary>Sends one request; headers are pairs of name and value.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var client = Client();
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers) Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        return await client.SendAsync(request);
    }

    public static (string Name, string Value) Bearer(string token) => ("Authorization", $"Bearer {token}");

    /// <summary>What a browser sends with a form of our own page.</summary>
    public (string Name, string Value)[] FromOwnPage(string? cookie = null) =>
    [
        ("Origin", $"http://{Address.Authority}"), ("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Mode", "navigate"), ("Accept", "text/html"),
        .. cookie is null ? [] : new[] { ("Cookie", cookie) },
    ];

    /// <summary>Signs in by the form.</summary>
    /// <returns>The cookie, as a browser sends it back.</returns>
    public async Task<string> SignInAsync(string token)
    {
        using var answer = await PostSignInAsync(token);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return Assert.Single(answer.Headers.GetValues("Set-Cookie")).Split(';')[0];
    }

    public Task<HttpResponseMessage> PostSignInAsync(string token, string back = "/") => SendAsync(
        HttpMethod.Post, SignIn.Path,
        new FormUrlEncodedContent([new(SignIn.TokenField, token), new(SignIn.ReturnField, back)]), FromOwnPage());

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await cluster.DisposeAsync();
    }
}
