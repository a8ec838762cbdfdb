using System.Net;
using Sweeps.Dashboard.Hosting;
using Sweeps.Fakes;

namespace Sweeps.Dashboard.Tests.Security;

public sealed class HostileRequestTests
{
    [Theory]
    [InlineData("evil.example", false)]
    [InlineData("localhost.evil.example", false)]
    [InlineData("127.0.0.1.evil.example:80", false)]
    [InlineData("10.0.0.7", false)]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST:1234", true)]
    [InlineData("127.0.0.1:9", true)]
    [InlineData("[::1]:9", true)]
    [InlineData("sweeps.example.org:443", true)]
    public async Task Only_names_of_this_dashboard_are_answered(string host, bool isAnswered)
    {
        await using var dashboard = await GuardedDashboard.StartAsync(tokens: false, hosts: "sweeps.example.org");
        using var answer = await dashboard.SendAsync(HttpMethod.Get, "/", null, ("Host", host));
        Assert.Equal(isAnswered ? HttpStatusCode.OK : HttpStatusCode.MisdirectedRequest, answer.StatusCode);
        if (!isAnswered) Assert.DoesNotContain("drift-1", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("203.0.113.9", HttpStatusCode.Forbidden)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    public async Task Without_tokens_a_proxy_of_this_machine_lets_nobody_else_in(string client, HttpStatusCode status)
    {
        await using var dashboard = await GuardedDashboard.StartAsync(tokens: false);
        using var answer = await dashboard.SendAsync(HttpMethod.Get, "/", null, ("X-Forwarded-For", client));
        Assert.Equal(status, answer.StatusCode);
    }

    [Theory]
    [InlineData("Origin: https://evil.example")]
    [InlineData("Origin: null")]
    [InlineData("Origin: http://127.0.0.1:1")]
    [InlineData("Origin: http://HOST.evil.example")]
    [InlineData("Origin: http://evil.example@HOST")]
    [InlineData("Origin: file://HOST")]
    [InlineData("Sec-Fetch-Site: cross-site")]
    [InlineData("Sec-Fetch-Site: same-site")]
    [InlineData("Sec-Fetch-Site: same-site|Origin: http://HOST")]
    [InlineData("Sec-Fetch-Site: same-origin|Origin: https://evil.example")]
    [InlineData("")]
    public async Task A_page_of_another_site_changes_nothing(string headers)
    {
        await using var dashboard = await GuardedDashboard.StartAsync(tokens: false);
        foreach (string path in (string[])[GuardedDashboard.Change, GuardedDashboard.ApiChange])
        {
            using var form = new FormUrlEncodedContent([new("priority", "9")]);
            using var answer = await dashboard.SendAsync(HttpMethod.Post, path, form, Parse(headers, dashboard));
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
        Assert.Equal(0, dashboard.Changes);
    }

    [Theory]
    [InlineData("Origin: http://HOST")]
    [InlineData("Origin: https://HOST")]
    [InlineData("Sec-Fetch-Site: same-origin")]
    [InlineData("Sec-Fetch-Site: same-origin|Origin: http://HOST")]
    [InlineData("Sec-Fetch-Site: none")]
    public async Task A_page_of_ours_changes_what_it_is_for(string headers)
    {
        await using var dashboard = await GuardedDashboard.StartAsync(tokens: false);
        using var form = new FormUrlEncodedContent([new("priority", "9")]);
        using var answer = await dashboard.SendAsync(HttpMethod.Post, GuardedDashboard.Change, form, Parse(headers, dashboard));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(1, dashboard.Changes);
    }

    [Theory]
    [InlineData("application/json", HttpStatusCode.OK)]
    [InlineData("application/yaml", HttpStatusCode.OK)]
    [InlineData(null, HttpStatusCode.OK)]
    [InlineData("text/plain", HttpStatusCode.Forbidden)]
    [InlineData("Multipart/Form-Data; boundary=x", HttpStatusCode.Forbidden)]
    public async Task A_program_of_this_machine_uses_the_api_without_browsers_headers_but_not_as_a_form_would(string? type, HttpStatusCode status)
    {
        await using var dashboard = await GuardedDashboard.StartAsync(tokens: false);
        using var answer = await dashboard.SendAsync(HttpMethod.Post, GuardedDashboard.ApiChange, Content());
        Assert.Equal(status, answer.StatusCode);
        using var page = await dashboard.SendAsync(HttpMethod.Post, GuardedDashboard.Change, Content());
        Assert.Equal(HttpStatusCode.Forbidden, page.StatusCode);

        ByteArrayContent? Content()
        {
            if (type is null) return null;
            var content = new ByteArrayContent("{}"u8.ToArray());
            content.Headers.TryAddWithoutValidation("Content-Type", type);
            return content;
        }
    }

    [Fact]
    public async Task A_cookie_alone_changes_nothing_where_nothing_says_which_page_has_sent_it()
    {
        await using var dashboard = await GuardedDashboard.StartAsync();
        string cookie = await dashboard.SignInAsync(GuardedDashboard.OperateToken);
        using var answer = await dashboard.SendAsync(HttpMethod.Post, GuardedDashboard.ApiChange, null, ("Cookie", cookie));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        using var beside = await dashboard.SendAsync(
            HttpMethod.Post, GuardedDashboard.ApiChange, null, ("Cookie", cookie), GuardedDashboard.Bearer("wrong"), ("Origin", "https://evil.example"));
        Assert.Equal(HttpStatusCode.Unauthorized, beside.StatusCode);
        Assert.Equal(0, dashboard.Changes);
    }

    [Theory]
    [InlineData("cross-site", "no-cors", "image", HttpStatusCode.Forbidden)]
    [InlineData("same-site", "cors", "empty", HttpStatusCode.Forbidden)]
    [InlineData("cross-site", "navigate", "iframe", HttpStatusCode.Forbidden)]
    [InlineData("cross-site", "navigate", "document", HttpStatusCode.OK)]
    [InlineData("same-origin", "cors", "empty", HttpStatusCode.OK)]
    [InlineData("none", "navigate", "document", HttpStatusCode.OK)]
    public async Task Other_sites_link_here_but_load_nothing_from_here(string site, string mode, string destination, HttpStatusCode status)
    {
        await using var dashboard = await GuardedDashboard.StartAsync(tokens: false);
        using var answer = await dashboard.SendAsync(
            HttpMethod.Get, "/", null, ("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", mode), ("Sec-Fetch-Dest", destination));
        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task No_site_is_ever_allowed_to_read_answers()
    {
        await using var dashboard = await GuardedDashboard.StartAsync(tokens: false);
        using var preflight = await dashboard.SendAsync(
            HttpMethod.Options, GuardedDashboard.ApiChange, null, ("Origin", "https://evil.example"), ("Access-Control-Request-Method", "POST"));
        Assert.DoesNotContain(preflight.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
        Assert.NotEqual(HttpStatusCode.OK, preflight.StatusCode);
    }

    [Fact]
    public async Task A_body_above_the_limit_is_refused_with_the_limit_named_and_one_below_is_taken()
    {
        await using var dashboard = await GuardedDashboard.StartAsync();
        using var large = new ByteArrayContent(new byte[(1 << 20) + 1]);
        using var refused = await dashboard.SendAsync(
            HttpMethod.Post, GuardedDashboard.Upload, large, GuardedDashboard.Bearer(GuardedDashboard.OperateToken));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
        Assert.Contains("at most 1 MiB", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var fits = new ByteArrayContent(new byte[1 << 20]);
        using var taken = await dashboard.SendAsync(
            HttpMethod.Post, GuardedDashboard.Upload, fits, GuardedDashboard.Bearer(GuardedDashboard.OperateToken));
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
    }

    [Theory]
    [InlineData("X-Long", 20_000)]
    [InlineData("Cookie", 20_000)]
    [InlineData("Authorization", 20_000)]
    public async Task Headers_above_the_limit_are_refused(string name, int length)
    {
        await using var dashboard = await GuardedDashboard.StartAsync();
        using var answer = await dashboard.SendAsync(HttpMethod.Get, "/", null, (name, new('a', length)));
        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, answer.StatusCode);
    }

    [Theory]
    [InlineData("sweeps-PORT=%00%ff; sweeps-PORT=x")]
    [InlineData("sweeps-PORT=")]
    [InlineData("sweeps-PORT=../../etc/passwd")]
    [InlineData("=;;;=")]
    public async Task A_broken_cookie_is_no_cookie(string cookie)
    {
        await using var dashboard = await GuardedDashboard.StartAsync();
        using var answer = await dashboard.SendAsync(
            HttpMethod.Get, "/", null, ("Cookie", cookie.Replace("PORT", $"{dashboard.Address.Port}", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Basic YWRhOmFkYQ==")]
    [InlineData("Bearer a b c")]
    public async Task A_broken_authorization_is_none(string authorization)
    {
        await using var dashboard = await GuardedDashboard.StartAsync();
        using var answer = await dashboard.SendAsync(HttpMethod.Get, "/", null, ("Authorization", authorization));
        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.BadRequest });
    }

    [Fact]
    public async Task A_dashboard_that_others_can_reach_does_not_start_without_tokens()
    {
        await using var cluster = new FakeCluster();
        var source = new SweepSource(cluster, new ClusterDatasets(cluster, null, []), [], TimeProvider.System);
        await Assert.ThrowsAsync<ArgumentException>(() => DashboardServer.StartAsync(new(new(IPAddress.Any, 0)), source, CancellationToken.None));
    }

    private static (string Name, string Value)[] Parse(string headers, GuardedDashboard dashboard) =>
    [
        .. from header in headers.Split('|', StringSplitOptions.RemoveEmptyEntries)
           let parts = header.Split(": ", 2)
           select (parts[0], parts[1].Replace("HOST", dashboard.Address.Authority, StringComparison.Ordinal)),
    ];
}
