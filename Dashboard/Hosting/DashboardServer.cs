using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sweeps.Dashboard.Api;
using Sweeps.Dashboard.Api.OpenApi;
using Sweeps.Dashboard.Api.Problems;
using Sweeps.Dashboard.Live;
using Sweeps.Dashboard.Pages;
using Sweeps.Dashboard.Security;

namespace Sweeps.Dashboard.Hosting;

/// <summary>Pages and API over HTTP.</summary>
internal sealed class DashboardServer : IAsyncDisposable
{
    private readonly WebApplication application;

    private DashboardServer(WebApplication application) => this.application = application;

    /// <summary>Where it listens: with the port that was given it, where 0 was asked for.</summary>
    public Uri Address => new(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>All that it answers to.</summary>
    public IReadOnlyList<Endpoint> Routes => application.Services.GetRequiredService<EndpointDataSource>().Endpoints;

    /// <param name="options">Where and for whom.</param>
    /// <param name="source">What is shown.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <exception cref="IOException">The address cannot be had.</exception>
    public static async Task<DashboardServer> StartAsync(DashboardOptions options, SweepSource source, CancellationToken cancellation)
    {
        // Empty: nothing of this process's environment, arguments or files decides what is served.
        var builder = WebApplication.CreateEmptyBuilder(new() { EnvironmentName = Environments.Production });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(options.Address);
        });
        // Whoever has started it says when it ends, not a signal to the process.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddRouting();
        builder.Services.AddRazorComponents();
        builder.Services.AddApi();
        builder.Services.AddAuthorization(options =>
        {
            options.AddPolicy(Policies.Operate, policy => policy.RequireAssertion(_ => true));
        });
        builder.Services.AddSingleton(source);
        builder.Services.AddSingleton(new SweepFeeds(source.Server, source.Clock));
        var application = builder.Build();
        try
        {
            application.UseApiProblems();
            application.UseRouting();
            application.UseAuthorization();
            application.MapApi();
            application.MapPages();
            await application.StartAsync(cancellation).ConfigureAwait(false);
            return new(application);
        }
        catch (Exception refused)
        {
            await application.DisposeAsync().ConfigureAwait(false);
            if (refused is System.Net.Sockets.SocketException or UnauthorizedAccessException)
                throw new IOException(refused.Message, refused);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Whoever is still being answered has a moment; those who follow a sweep would stay for ever.
        using var moment = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await application.StopAsync(moment.Token).ConfigureAwait(false);
        await application.DisposeAsync().ConfigureAwait(false);
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
