using System.Net;
using System.Net.Sockets;
using Sweeps.Silo.Health;

namespace Sweeps.Silo.Tests.Health;

/// <summary>The two answers, over a real socket.</summary>
public class HealthServerTests
{
    private static readonly IPEndPoint AnyPort = new(IPAddress.Loopback, 0);

    [Fact]
    public async Task Live_while_every_loop_turns_and_not_when_one_has_missed_three_rounds()
    {
        var time = new ManualTime();
        var health = new SiloHealth(time);
        await using var server = await HealthServer.StartAsync(AnyPort, health, TimeProvider.System, default);
        using var client = new HttpClient { BaseAddress = server.Address, Timeout = Journal.Deadline };
        Assert.Equal((HttpStatusCode.OK, "live"), await AskAsync(client, "/health/live"));

        LoopPulse heartbeat = health.Watch("heartbeat", TimeSpan.FromSeconds(2)), lane = health.Watch("lane 0", TimeSpan.FromSeconds(1));
        heartbeat.Turn();
        lane.Turn();
        time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal((HttpStatusCode.OK, "live"), await AskAsync(client, "/health/live"));
        time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "lane 0"), await AskAsync(client, "/health/live"));

        lane.Expect(TimeSpan.FromSeconds(10)); // an outage: it will be away for longer
        Assert.Equal((HttpStatusCode.OK, "live"), await AskAsync(client, "/health/live"));
        time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "heartbeat"), await AskAsync(client, "/health/live"));
        heartbeat.Rest(); // it has ended
        Assert.Equal((HttpStatusCode.OK, "live"), await AskAsync(client, "/health/live"));
        time.Advance(TimeSpan.FromSeconds(10.1));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "lane 0"), await AskAsync(client, "/health/live"));
    }

    [Theory]
    [InlineData(SiloStage.Starting, HttpStatusCode.ServiceUnavailable, "starting")]
    [InlineData(SiloStage.Ready, HttpStatusCode.OK, "ready")]
    [InlineData(SiloStage.Lost, HttpStatusCode.ServiceUnavailable, "lost")]
    [InlineData(SiloStage.Draining, HttpStatusCode.ServiceUnavailable, "draining")]
    public async Task Ready_while_registered_and_not_draining_else_one_word_says_why(object stage, HttpStatusCode status, string word)
    {
        var health = new SiloHealth(new ManualTime()) { Stage = (SiloStage)stage };
        await using var server = await HealthServer.StartAsync(AnyPort, health, TimeProvider.System, default);
        using var client = new HttpClient { BaseAddress = server.Address, Timeout = Journal.Deadline };
        Assert.Equal((status, word), await AskAsync(client, "/health/ready"));
        Assert.Equal((HttpStatusCode.OK, "live"), await AskAsync(client, "/health/live"));
    }

    [Theory]
    [InlineData("GET", "/", HttpStatusCode.NotFound)]
    [InlineData("GET", "/health", HttpStatusCode.NotFound)]
    [InlineData("GET", "/health/live/x", HttpStatusCode.NotFound)]
    [InlineData("GET", "/metrics", HttpStatusCode.NotFound)]
    [InlineData("POST", "/health/live", HttpStatusCode.MethodNotAllowed)]
    [InlineData("HEAD", "/health/live", HttpStatusCode.OK)]
    public async Task Nothing_else_is_there(string method, string path, HttpStatusCode status)
    {
        await using var server = await HealthServer.StartAsync(AnyPort, new SiloHealth(new ManualTime()), TimeProvider.System, default);
        using var client = new HttpClient { BaseAddress = server.Address, Timeout = Journal.Deadline };
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await client.SendAsync(request);
        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task An_address_that_is_taken_is_a_fault_of_the_machine()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        await Assert.ThrowsAnyAsync<IOException>(
            () => HealthServer.StartAsync((IPEndPoint)taken.LocalEndpoint, new SiloHealth(new ManualTime()), TimeProvider.System, default));
    }

    private static async Task<(HttpStatusCode, string)> AskAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        return (answer.StatusCode, (await answer.Content.ReadAsStringAsync()).TrimEnd('\n'));
    }
}
