using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Sweeps.Dashboard.Security;
using Sweeps.Dashboard.Security.Limits;

namespace Sweeps.Dashboard.Tests.Security;

/// <summary>All routes of the application, as they are when this runs.</summary>
public sealed partial class EveryRouteTests
{
    private static readonly string[] Open = [SignIn.Path, SignIn.OutPath, Dashboard.Hosting.HealthRoutes.Live];

    // Whose method is POST because what they are asked for is long; nothing changes by them.
    private static readonly string[] ReadByPost = [GuardedDashboard.Upload, "/api/v1/plan"];

    [GeneratedRegex(@"\{\*{0,2}(?<name>\w+)[^}]*\}")]
    private static partial Regex Parameter();

    private static IEnumerable<(RouteEndpoint Route, HttpMethod Method, string Path)> Requests(GuardedDashboard dashboard)
    {
        foreach (var route in dashboard.Routes.OfType<RouteEndpoint>())
            foreach (string method in route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                string path = Parameter().Replace(route.RoutePattern.RawText!, match => match.Groups["name"].Value == "id" ? "drift-1" : "1");
                yield return (route, HttpMethod.Parse(method), path.StartsWith('/') ? path : $"/{path}");
            }
    }

    // Many requests, and most with wrong tokens: how many of those are looked at is not the matter here.
    private static readonly RequestLimits Unlimited = new()
    {
        Reads = new(100_000, 100_000),
        Writes = new(100_000, 100_000),
        FailuresOfAddress = int.MaxValue,
        Failures = int.MaxValue,
    };

    private static bool IsOpen(RouteEndpoint route) => route.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    [Fact]
    public async Task Refuses_whoever_shows_no_token_but_for_those_that_are_open_to_all()
    {
        await using var dashboard = await GuardedDashboard.StartAsync(limits: Unlimited);
        List<string> open = [];
        foreach (var (route, method, path) in Requests(dashboard))
        {
            if (IsOpen(route))
            {
                open.Add(path);
                continue;
            }
            foreach (var headers in (IEnumerable<(string, string)[]>)
                [[], [GuardedDashboard.Bearer("wrong")], [("Cookie", $"sweeps-{dashboard.Address.Port}=wrong")]])
            {
                using var program = await dashboard.SendAsync(method, path, null, headers);
                Assert.True(program.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, $"{method} {path}: {program.StatusCode}");
                if (program.StatusCode is HttpStatusCode.Unauthorized) Assert.StartsWith("Bearer", program.Headers.WwwAuthenticate.ToString());
            }
            using var person = await dashboard.SendAsync(method, path, null, dashboard.FromOwnPage());
            bool isApi = path.StartsWith("/api/", StringComparison.Ordinal);
            Assert.Equal(isApi ? HttpStatusCode.Unauthorized : HttpStatusCode.SeeOther, person.StatusCode);
            if (!isApi) Assert.StartsWith(SignIn.Path, person.Headers.Location!.ToString(), StringComparison.Ordinal);
        }
        Assert.Equal(0, dashboard.Changes);
        Assert.Equal(Open.Order(), open.Where(path => !path.StartsWith("/assets/", StringComparison.Ordinal)).Distinct().Order());
    }

    [Fact]
    public async Task That_changes_something_refuses_a_token_to_look()
    {
        await using var dashboard = await GuardedDashboard.StartAsync(limits: Unlimited);
        string cookie = await dashboard.SignInAsync(GuardedDashboard.ReadToken);
        int guarded = 0;
        foreach (var (route, method, path) in Requests(dashboard))
        {
            if (CrossSiteRequests.IsSafe(method.Method) || IsOpen(route) || ReadByPost.Contains(path)) continue;
            using var spec = new StringContent("name: drift", null, "application/yaml");
            using var program = await dashboard.SendAsync(method, path, spec, GuardedDashboard.Bearer(GuardedDashboard.ReadToken));
            Assert.True(program.StatusCode == HttpStatusCode.Forbidden, $"{method} {path}: {program.StatusCode}");
            using var form = new StringContent("name: drift", null, "application/yaml");
            using var person = await dashboard.SendAsync(method, path, form, dashboard.FromOwnPage(cookie));
            Assert.True(person.StatusCode == HttpStatusCode.Forbidden, $"{method} {path}: {person.StatusCode}");
            guarded++;
        }
        Assert.True(guarded >= 2);
        Assert.Equal(0, dashboard.Changes);
    }

    [Fact]
    public async Task That_does_not_exist_is_no_more_to_strangers_than_one_that_does()
    {
        await using var dashboard = await GuardedDashboard.StartAsync(limits: Unlimited);
        using var stranger = await dashboard.SendAsync(HttpMethod.Get, "/api/v1/no-such-route");
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
        using var friend = await dashboard.SendAsync(
            HttpMethod.Get, "/api/v1/no-such-route", null, GuardedDashboard.Bearer(GuardedDashboard.ReadToken));
        Assert.Equal(HttpStatusCode.NotFound, friend.StatusCode);
        Assert.Equal("application/problem+json", friend.Content.Headers.ContentType!.MediaType);
        using var person = await dashboard.SendAsync(
            HttpMethod.Get, "/no-such-page", null, [GuardedDashboard.Bearer(GuardedDashboard.ReadToken), ("Accept", "text/html")]);
        Assert.Equal(HttpStatusCode.NotFound, person.StatusCode);
        Assert.Equal("text/html", person.Content.Headers.ContentType!.MediaType);
    }
}
