using System.Net;
using Sweeps.Dashboard.Security.Answers;
using Sweeps.Dashboard.Security.Limits;
using Sweeps.Fakes;

namespace Sweeps.Dashboard.Tests.Security;

public sealed class AnswerTests
{
    public static TheoryData<string, string, HttpStatusCode> Kinds => new()
    {
        { "GET /", "", HttpStatusCode.OK },
        { "GET /", "stranger", HttpStatusCode.Unauthorized },
        { "GET /", "stranger person", HttpStatusCode.SeeOther },
        { "GET /sign-in", "stranger person", HttpStatusCode.OK },
        { "GET /health/live", "stranger", HttpStatusCode.OK },
        { "GET /nothing", "person", HttpStatusCode.NotFound },
        { "GET " + GuardedDashboard.Fault, "", HttpStatusCode.InternalServerError },
        { "GET " + GuardedDashboard.Fault, "person", HttpStatusCode.InternalServerError },
        { "HEAD /nothing", "", HttpStatusCode.NotFound },
        { "GET " + GuardedDashboard.Gone, "", HttpStatusCode.ServiceUnavailable },
        { "GET " + GuardedDashboard.Gone, "person", HttpStatusCode.ServiceUnavailable },
        { "POST " + GuardedDashboard.Change, "reader", HttpStatusCode.Forbidden },
        { "GET /", "elsewhere", HttpStatusCode.MisdirectedRequest },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Every_kind_of_answer_has_the_headers_that_guard_browsers_and_tells_nothing_from_inside(
        string request, string who, HttpStatusCode status)
    {
        await using var dashboard = await GuardedDashboard.StartAsync();
        List<(string, string)> headers = [];
        if (who.Contains("person", StringComparison.Ordinal)) headers.Add(("Accept", "text/html"));
        if (who.Contains("elsewhere", StringComparison.Ordinal)) headers.Add(("Host", "evil.example"));
        if (!who.Contains("stranger", StringComparison.Ordinal))
            headers.Add(GuardedDashboard.Bearer(
                who.Contains("reader", StringComparison.Ordinal) ? GuardedDashboard.ReadToken : GuardedDashboard.OperateToken));

        using var answer = await dashboard.SendAsync(HttpMethod.Parse(request.Split(' ')[0]), request.Split(' ')[1], null, [.. headers]);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(SecurityHeaders.ContentPolicy, Header("Content-Security-Policy"));
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("DENY", Header("X-Frame-Options"));
        Assert.Equal("same-origin", Header("Referrer-Policy"));
        Assert.Equal("same-origin", Header("Cross-Origin-Opener-Policy"));
        Assert.Equal("same-origin", Header("Cross-Origin-Resource-Policy"));
        Assert.Contains("camera=()", Header("Permissions-Policy"), StringComparison.Ordinal);
        Assert.Equal("no-store", Header("Cache-Control"));
        Assert.False(answer.Headers.Contains("Server"));
        string text = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain(GuardedDashboard.Secret, text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        if ((int)status >= 400 && !request.StartsWith("HEAD", StringComparison.Ordinal))
            Assert.Equal(
                who.Contains("person", StringComparison.Ordinal) ? "text/html" : "application/problem+json",
                answer.Content.Headers.ContentType!.MediaType);

        string Header(string name) => Assert.Single(answer.Headers.GetValues(name));
    }

    [Fact]
    public async Task A_fault_is_one_line_of_the_log_with_its_route_and_without_what_the_request_carried()
    {
        await using var dashboard = await GuardedDashboard.StartAsync(tokens: false);
        using var answer = await dashboard.SendAsync(HttpMethod.Get, $"{GuardedDashboard.Fault}?token=secret");
        Assert.Equal($"GET {GuardedDashboard.Fault}: InvalidOperationException: {GuardedDashboard.Secret}", Assert.Single(dashboard.Log));
    }

    [Fact]
    public async Task An_error_of_the_api_is_one_line_of_the_log_with_path_status_and_cause()
    {
        await using var dashboard = await GuardedDashboard.StartAsync(tokens: false);
        using var damaged = await dashboard.SendAsync(HttpMethod.Get, $"{GuardedDashboard.ApiDamaged}?token=secret");
        Assert.Equal(HttpStatusCode.InternalServerError, damaged.StatusCode);
        Assert.Equal(
            $"GET {GuardedDashboard.ApiDamaged} 500: UnauthorizedAccessException: no access to small-1", Assert.Single(dashboard.Log));
    }

    [Fact]
    public async Task Who_changed_something_is_in_the_log_though_the_answer_failed()
    {
        await using var dashboard = await GuardedDashboard.StartAsync();
        using var answer = await dashboard.SendAsync(
            HttpMethod.Post, GuardedDashboard.ApiGoneAfter, null, GuardedDashboard.Bearer(GuardedDashboard.OperateToken));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(1, dashboard.Changes);
        Assert.Equal(
            [
                $"bob from 127.0.0.1: POST {GuardedDashboard.ApiGoneAfter} failed",
                $"POST {GuardedDashboard.ApiGoneAfter} 503: {FakeCluster.Gone}",
            ],
            dashboard.Log);
    }

    [Fact]
    public async Task A_database_that_is_gone_is_said_to_be_with_a_time_to_ask_again()
    {
        await using var dashboard = await GuardedDashboard.StartAsync(tokens: false);
        using var answer = await dashboard.SendAsync(HttpMethod.Get, GuardedDashboard.Gone);
        Assert.Contains(FakeCluster.Gone, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.OK, (await dashboard.SendAsync(HttpMethod.Get, "/")).StatusCode);
    }

    [Fact]
    public async Task Whoever_asks_more_than_the_limit_has_to_wait_and_changes_are_counted_apart()
    {
        await using var dashboard = await GuardedDashboard.StartAsync(tokens: false, limits: new() { Writes = new(2, 1) });
        for (int each = 0; each < 2; each++)
            Assert.Equal(HttpStatusCode.OK, (await dashboard.SendAsync(HttpMethod.Post, GuardedDashboard.ApiChange)).StatusCode);
        HttpResponseMessage refused;
        int sent = 2;
        // The bucket may gain one while we ask.
        do refused = await dashboard.SendAsync(HttpMethod.Post, GuardedDashboard.ApiChange);
        while (refused.StatusCode == HttpStatusCode.OK && ++sent < 100);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal(sent, dashboard.Changes);
        Assert.Equal(HttpStatusCode.OK, (await dashboard.SendAsync(HttpMethod.Get, "/")).StatusCode);
    }

    [Fact]
    public async Task Streams_are_bounded_and_a_place_is_free_again_when_a_reader_leaves()
    {
        await using var dashboard = await GuardedDashboard.StartAsync(tokens: false, limits: new RequestLimits { StreamsOfAddress = 2 });
        using var client = dashboard.Client();
        var first = await OpenAsync();
        using var second = await OpenAsync();
        using (var third = await OpenAsync()) Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await dashboard.SendAsync(HttpMethod.Get, "/")).StatusCode);

        first.Dispose();
        // The server learns of it from the connection, a moment later.
        HttpStatusCode status;
        do
        {
            using var again = await OpenAsync();
            status = again.StatusCode;
        }
        while (status == HttpStatusCode.TooManyRequests);
        Assert.Equal(HttpStatusCode.OK, status);

        Task<HttpResponseMessage> OpenAsync() => client.GetAsync(GuardedDashboard.Events, HttpCompletionOption.ResponseHeadersRead);
    }
}
