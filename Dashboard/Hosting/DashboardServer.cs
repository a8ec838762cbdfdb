using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sweeps.Dashboard.Api;
using Sweeps.Dashboard.Api.OpenApi;
using Sweeps.Dashboard.Live;
using Sweeps.Dashboard.Pages;
using Sweeps.Dashboard.Security;
using Sweeps.Dashboard.Security.Limits;

namespace Sweeps.Dashboard.Hosting;

/// <summary>Pages and API over HTTP.</summary>
internal sealed class DashboardServer : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly TimeProvider clock;

    private DashboardServer(WebApplication application, TimeProvider clock) => (this.application, this.clock) = (application, clock);

    /// <summary>Where it listens: with the port that was given it, where 0 was asked for, and as this machine reaches it, where others may.</summary>
    public Uri Address
    {
        get
        {
            var features = application.Services.GetRequiredService<IServer>().Features;
            var listens = new UriBuilder(features.Get<IServerAddressesFeature>()!.Addresses.First());
            if (listens.Host is "0.0.0.0" or "[::]") listens.Host = "localhost";
            return listens.Uri;
        }
    }

    /// <summary>What is answered.</summary>
    public IReadOnlyList<Endpoint> Routes => application.Services.GetRequiredService<EndpointDataSource>().Endpoints;

    /// <param name="options">Where and for whom.</param>
    /// <param name="source">What is shown.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <param name="more">Further routes: tests have some that fail.</param>
    /// <exception cref="IOException">The address cannot be had.</exception>
    public static async Task<DashboardServer> StartAsync(
        DashboardOptions options, SweepSource source, CancellationToken cancellation, Action<IEndpointRouteBuilder>? more = null)
    {
        if (options.Tokens is null && !IPAddress.IsLoopback(options.Address.Address))
            throw new ArgumentException("without tokens it is served to this machine alone", nameof(options));
        // Empty: nothing of this process's environment, arguments or files decides what is served.
        var builder = WebApplication.CreateEmptyBuilder(new() { EnvironmentName = Environments.Production });
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            ConnectionLimits.Apply(kestrel.Limits, options.Limits);
            kestrel.Listen(options.Address, listen => Encrypt(listen, options.Certificates));
        });
        // Whoever has started it says when it ends, not a signal to the process.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddRouting();
        builder.Services.AddSecurity(options, source.Clock);
        builder.Services.AddRazorComponents();
        KeepKeysOutOfHome(builder.Services);
        builder.Services.AddApi();
        builder.Services.AddSingleton(source);
        builder.Services.AddSingleton(new SweepFeeds(source.Server, source.Clock));
        builder.Services.AddPages(source);
        var application = builder.Build();
        try
        {
            application.UseSecurity();
            application.MapSignIn();
            application.MapHealth();
            application.MapApi();
            application.MapPages();
            more?.Invoke(application);
            await application.StartAsync(cancellation).ConfigureAwait(false);
            return new(application, source.Clock);
        }
        catch (Exception refused)
        {
            await application.DisposeAsync().ConfigureAwait(false);
            if (refused is IOException or System.Net.Sockets.SocketException or UnauthorizedAccessException)
                throw new IOException(
                    $"the dashboard cannot be served at {options.Address}: {refused.Message.TrimEnd('.')}; choose another address", refused);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Whoever is still being answered has a moment; those who follow a sweep would stay for ever.
        using var moment = new CancellationTokenSource(TimeSpan.FromSeconds(1), clock);
        await application.StopAsync(moment.Token).ConfigureAwait(false);
        await application.DisposeAsync().ConfigureAwait(false);
    }

    // Components bring keys for forms and circuits, which are not used here, and which would be written to the user's home at the start.
    private static void KeepKeysOutOfHome(IServiceCollection services)
    {
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        foreach (var writer in services.Where(IsKeyWriter).ToArray()) services.Remove(writer);

        static bool IsKeyWriter(ServiceDescriptor service) => service.ServiceType == typeof(IHostedService)
            && service.ImplementationType?.Assembly == typeof(DataProtectionServiceCollectionExtensions).Assembly;
    }

    private static void Encrypt(ListenOptions listen, X509Certificate2Collection certificates)
    {
        if (certificates.Count == 0) return;
        listen.UseHttps(new HttpsConnectionAdapterOptions
        {
            ServerCertificate = certificates[0],
            ServerCertificateChain = [.. certificates.Skip(1)],
        });
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
