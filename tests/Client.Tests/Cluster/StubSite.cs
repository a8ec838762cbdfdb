using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sweeps.Client.Cluster;

namespace Sweeps.Client.Tests.Cluster;

/// <summary>Something else than a dashboard at an address.</summary>
internal sealed class StubSite : IAsyncDisposable
{
    private readonly WebApplication application;

    private StubSite(WebApplication application) => this.application = application;

    public string Address => application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public static async Task<StubSite> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var application = builder.Build();
        application.Run(answer);
        await application.StartAsync();
        return new(application);
    }

    public HttpSweepServer Open(string path = "", string? token = null, TimeProvider? clock = null)
    {
        Assert.True(HttpAddress.TryParse(Address + path, out var address, out string? mistake), mistake);
        return new(address, new(token), clock ?? TimeProvider.System);
    }

    public ValueTask DisposeAsync() => application.DisposeAsync();
}
