using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Sweeps.Silo.Health;

namespace Sweeps.Silo.Tests.Health;

public class PageServerTests
{
    [Fact]
    public async Task Whoever_is_still_being_answered_at_its_end_has_a_moment_by_its_clock()
    {
        var time = new ManualTime();
        var answers = new Unending();
        var server = await PageServer.StartAsync(new(IPAddress.Loopback, 0), 4, answers, time, default);
        using var client = new HttpClient { BaseAddress = server.Address, Timeout = Journal.Deadline };
        var answer = client.GetAsync("/");
        await answers.Asked.Task.WaitAsync(Journal.Deadline);
        var ending = server.DisposeAsync();
        await time.UntilArmedAsync(TimeSpan.FromSeconds(1));
        Assert.False(ending.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        await ending.AsTask().WaitAsync(Journal.Deadline);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => answer);
    }

    private sealed class Unending : IHttpApplication<HttpContext>
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public Task ProcessRequestAsync(HttpContext context)
        {
            Asked.SetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        }

        public void DisposeContext(HttpContext context, Exception? exception)
        {
        }
    }
}
