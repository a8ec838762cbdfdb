using System.Net;
using Sweeps.Fakes;
using Sweeps.Grains.Hosts;

namespace Sweeps.Dashboard.Tests.Api;

public sealed class ApiFaultsTests
{
    [Theory]
    [InlineData("GET", "sweeps")]
    [InlineData("GET", "sweeps/drift-17")]
    [InlineData("GET", "sweeps/drift-17/evidence")]
    [InlineData("GET", "sweeps/drift-17/chunks")]
    [InlineData("GET", "sweeps/drift-17/events")]
    [InlineData("GET", "sweeps/drift-17/points")]
    [InlineData("GET", "sweeps/drift-17/curves")]
    [InlineData("GET", "silos")]
    [InlineData("POST", "sweeps")]
    [InlineData("POST", "sweeps/drift-17/pause")]
    [InlineData("POST", "sweeps/drift-17/resume")]
    [InlineData("POST", "sweeps/drift-17/cancel")]
    [InlineData("POST", "sweeps/drift-17/extend")]
    public async Task A_cluster_that_is_gone_for_a_moment_is_unavailable_with_the_time_to_wait(string method, string path)
    {
        await using var host = ApiHost.Start();
        host.Cluster.Unanswered = int.MaxValue;
        using var answer = method == "GET" ? await host.GetAsync(path) : await host.PostAsync(path, FakeCluster.SpecText());
        Assert.Equal(TimeSpan.FromSeconds(5), answer.Headers.RetryAfter?.Delta);
        var problem = await ApiHost.ProblemAsync(HttpStatusCode.ServiceUnavailable, answer);
        Assert.Equal((FakeCluster.Gone, "unavailable"), (problem.Detail, problem.Reason));
    }

    [Fact]
    public async Task A_cluster_that_is_not_what_it_should_be_is_a_bad_gateway()
    {
        await using var host = ApiHost.Start();
        host.Cluster.AfterFind = () => throw new ServerException("the schema is of another version; bring it up to date");
        var problem = await ApiHost.ProblemAsync(HttpStatusCode.BadGateway, await host.GetAsync("sweeps/1"));
        Assert.Equal("the schema is of another version; bring it up to date", problem.Detail);
    }

    [Fact]
    public async Task An_error_of_the_program_does_not_tell_what_is_not_for_everybody()
    {
        await using var host = ApiHost.Start();
        host.Cluster.AfterFind = () => throw new InvalidOperationException("password=geheim");
        var problem = await ApiHost.ProblemAsync(HttpStatusCode.InternalServerError, await host.GetAsync("sweeps/1"));
        Assert.DoesNotContain("geheim", problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("sweeps/drift-17/nothing")]
    [InlineData("sweeps/drift-17/points/more")]
    [InlineData("")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        await using var host = ApiHost.Start();
        host.Cluster.Add("drift-17");
        var problem = await ApiHost.ProblemAsync(HttpStatusCode.NotFound, await host.GetAsync(path));
        Assert.Contains("/api/v1/openapi.json", problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DELETE", "sweeps/drift-17")]
    [InlineData("PUT", "sweeps")]
    [InlineData("GET", "sweeps/drift-17/pause")]
    [InlineData("POST", "sweeps/drift-17/points")]
    [InlineData("GET", "plan")]
    [InlineData("TRACE", "silos")]
    public async Task Another_method_is_refused_with_those_that_are_allowed(string method, string path)
    {
        await using var host = ApiHost.Start();
        host.Cluster.Add("drift-17");
        using var answer = await host.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        Assert.NotEmpty(answer.Content.Headers.Allow);
        await ApiHost.ProblemAsync(HttpStatusCode.MethodNotAllowed, answer);
    }

    [Fact]
    public async Task Pages_beside_the_api_are_left_alone()
    {
        await using var host = ApiHost.Start();
        using var answer = await host.GetAsync("/no-such-page", "text/html");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.NotEqual("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }
}
