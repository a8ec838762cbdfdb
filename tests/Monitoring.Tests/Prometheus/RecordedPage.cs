using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Sweeps.Grains.Telemetry;
using Sweeps.Grains.Telemetry.Exposition;
using Sweeps.Grains.Tests.Telemetry;

namespace Sweeps.Monitoring.Tests.Prometheus;

/// <summary>A page on which every metric of ours stands, and grows from scrape to scrape.</summary>
internal sealed class RecordedPage : IAsyncDisposable
{
    private readonly RecordedEverything everything = new(TimeProvider.System);
    private readonly MetricsExposition exposition;
    private readonly WebApplication server;

    private RecordedPage(string silo)
    {
        exposition = new(everything.Metrics, TelemetryResource.Of("sweeps-silo", "0.1.0", silo, silo));
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        server = builder.Build();
        server.Run(async request =>
        {
            everything.Record();
            var format = ExpositionFormat.For(request.Request.Headers.Accept);
            request.Response.ContentType = format.ContentType;
            await exposition.WriteAsync(request.Response.BodyWriter, format, request.RequestAborted);
            await request.Response.BodyWriter.FlushAsync();
        });
    }

    /// <summary>Host and port.</summary>
    public string Target => new Uri(server.Urls.Single()).Authority;

    public static async Task<RecordedPage> StartAsync(string silo)
    {
        var page = new RecordedPage(silo);
        await page.server.StartAsync();
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        exposition.Dispose();
        everything.Dispose();
    }
}
