using System.Net;
using Sweeps.Dashboard.Security;
using Sweeps.Dashboard.Security.Browsers;
using Sweeps.Dashboard.Security.Limits;
using Sweeps.Dashboard.Security.Tokens;

namespace Sweeps.Dashboard.Tests.Security;

public sealed class SignInTests
{
    [Fact]
    public async Task A_token_of_each_role_opens_what_it_is_for()
    {
        await using var dashboard = await GuardedDashboard.StartAsync();
        using var looks = await dashboard.SendAsync(HttpMethod.Get, "/", null, GuardedDashboard.Bearer(GuardedDashboard.ReadToken));
        Assert.Contains("drift-1", await looks.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var operates = await dashboard.SendAsync(
            HttpMethod.Post, GuardedDashboard.ApiChange, null, GuardedDashboard.Bearer(GuardedDashboard.OperateToken));
        Assert.Equal(HttpStatusCode.OK, operates.StatusCode);
        Assert.Equal(1, dashboard.Changes);
        Assert.Contains(dashboard.Log, line => line == $"bob from 127.0.0.1: POST {GuardedDashboard.ApiChange} 200");
    }

    [Fact]
    public async Task A_browser_gets_a_cookie_that_is_not_the_token_and_comes_back_to_where_it_was()
    {
        await using var dashboard = await GuardedDashboard.StartAsync();
        using var sent = await dashboard.SendAsync(HttpMethod.Get, "/?ended=2", null, ("Accept", "text/html"));
        Assert.Equal("/sign-in?return=%2F%3Fended%3D2", sent.Headers.Location!.ToString());
        using var form = await dashboard.SendAsync(HttpMethod.Get, sent.Headers.Location.ToString(), null, ("Accept", "text/html"));
        Assert.Contains("value=\"/?ended=2\"", await form.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var answer = await dashboard.PostSignInAsync($" {GuardedDashboard.OperateToken} ", "/?ended=2");
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("/?ended=2", answer.Headers.Location!.ToString());
        string cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.DoesNotContain(GuardedDashboard.OperateToken, cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secure", cookie, StringComparison.OrdinalIgnoreCase);

        using var page = await dashboard.SendAsync(HttpMethod.Get, "/", null, ("Cookie", cookie.Split(';')[0]));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        string text = await page.Content.ReadAsStringAsync();
        Assert.Contains("Signed in as bob", text, StringComparison.Ordinal);
        Assert.Contains($"action=\"{SignIn.OutPath}\"", text, StringComparison.Ordinal);
        using var change = await dashboard.SendAsync(
            HttpMethod.Post, GuardedDashboard.Change, null, dashboard.FromOwnPage(cookie.Split(';')[0]));
        Assert.Equal(HttpStatusCode.OK, change.StatusCode);
    }

    [Fact]
    public async Task Behind_a_proxy_that_encrypts_the_cookie_is_for_encrypted_requests_alone()
    {
        await using var dashboard = await GuardedDashboard.StartAsync(hosts: "sweeps.example.org");
        using var answer = await dashboard.SendAsync(
            HttpMethod.Post, SignIn.Path, new FormUrlEncodedContent([new(SignIn.TokenField, GuardedDashboard.ReadToken)]),
            ("Host", "sweeps.example.org"), ("Origin", "https://sweeps.example.org"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-For", "203.0.113.9"));
        string cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("__Host-sweeps-", cookie, StringComparison.Ordinal);
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("max-age=31536000", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")));
    }

    [Fact]
    public async Task Signing_out_ends_the_session_itself_not_the_cookie_alone()
    {
        await using var dashboard = await GuardedDashboard.StartAsync();
        string cookie = await dashboard.SignInAsync(GuardedDashboard.ReadToken);
        using var answer = await dashboard.SendAsync(HttpMethod.Post, SignIn.OutPath, null, dashboard.FromOwnPage(cookie));
        Assert.Equal(SignIn.Path, answer.Headers.Location!.ToString());
        using var page = await dashboard.SendAsync(HttpMethod.Get, "/", null, ("Cookie", cookie));
        Assert.Equal(HttpStatusCode.Unauthorized, page.StatusCode);
    }

    [Fact]
    public void A_session_ends_by_itself_after_twelve_hours()
    {
        var clock = new SetClock();
        var sessions = new BrowserSessions(clock);
        string id = sessions.Begin(new(AccessRole.Read, "ada", []));
        clock.Now += BrowserSessions.Longest - TimeSpan.FromSeconds(1);
        Assert.NotNull(sessions.Find(id));
        clock.Now += TimeSpan.FromSeconds(1);
        Assert.Null(sessions.Find(id));
        Assert.Null(sessions.Find(new('x', 100_000)));
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("sweeps/drift-1")]
    [InlineData("/sign-in?return=/")]
    [InlineData("/a\r\nSet-Cookie: x=1")]
    [InlineData("")]
    public async Task Nobody_is_led_elsewhere_after_signing_in(string back)
    {
        await using var dashboard = await GuardedDashboard.StartAsync();
        using var answer = await dashboard.PostSignInAsync(GuardedDashboard.ReadToken, back);
        Assert.Equal("/", answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Wrong_tokens_are_looked_at_only_so_often_and_leave_those_alone_who_are_in()
    {
        var clock = new SetClock();
        await using var dashboard = await GuardedDashboard.StartAsync(clock: clock, limits: new() { FailuresOfAddress = 3 });
        string cookie = await dashboard.SignInAsync(GuardedDashboard.ReadToken);
        for (int attempt = 0; attempt < 2; attempt++)
        {
            using var wrong = await dashboard.PostSignInAsync("guess");
            Assert.Equal(HttpStatusCode.Forbidden, wrong.StatusCode);
            Assert.DoesNotContain("guess", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        using var program = await dashboard.SendAsync(HttpMethod.Get, "/", null, GuardedDashboard.Bearer("guess"));
        Assert.Equal(HttpStatusCode.Unauthorized, program.StatusCode);
        Assert.Single(dashboard.Log, line => line == "a wrong token, by the header Authorization, from 127.0.0.1");

        using var right = await dashboard.PostSignInAsync(GuardedDashboard.ReadToken);
        Assert.Equal(HttpStatusCode.TooManyRequests, right.StatusCode);
        Assert.Equal(TimeSpan.FromMinutes(5), right.Headers.RetryAfter!.Delta);
        using var rightProgram = await dashboard.SendAsync(HttpMethod.Get, "/", null, GuardedDashboard.Bearer(GuardedDashboard.ReadToken));
        Assert.Equal(HttpStatusCode.TooManyRequests, rightProgram.StatusCode);
        using var inside = await dashboard.SendAsync(HttpMethod.Get, "/", null, ("Cookie", cookie));
        Assert.Equal(HttpStatusCode.OK, inside.StatusCode);

        clock.Now += TimeSpan.FromMinutes(5);
        using var later = await dashboard.PostSignInAsync(GuardedDashboard.ReadToken);
        Assert.Equal(HttpStatusCode.SeeOther, later.StatusCode);
        Assert.DoesNotContain(dashboard.Log, line => line.Contains("guess", StringComparison.Ordinal));
    }

    [Fact]
    public void Wrong_tokens_from_everywhere_close_the_form_and_not_the_api()
    {
        var failures = new FailedSignIns(new() { Failures = 5, FailuresOfAddress = 3 }, new SetClock());
        for (int each = 0; each < 5; each++) failures.Add($"10.0.0.{each}");
        Assert.NotNull(failures.WaitOfAll());
        Assert.Null(failures.WaitOf("10.0.0.1"));
    }

    [Fact]
    public async Task Without_tokens_whoever_works_at_this_machine_may_do_everything()
    {
        await using var dashboard = await GuardedDashboard.StartAsync(tokens: false);
        using var change = await dashboard.SendAsync(HttpMethod.Post, GuardedDashboard.ApiChange);
        Assert.Equal(HttpStatusCode.OK, change.StatusCode);
        using var form = await dashboard.SendAsync(HttpMethod.Get, SignIn.Path);
        Assert.Equal("/", form.Headers.Location!.ToString());
    }

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
