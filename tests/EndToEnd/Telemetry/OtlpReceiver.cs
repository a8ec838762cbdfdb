using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Sweeps.EndToEnd.Telemetry;

/// <summary>A collector that takes what comes by OTLP over HTTP, and keeps the bytes.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<(string Path, string ContentType, string Body)> received = [];

    private OtlpReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            // Protobuf writes text as it is, between its numbers.
            received.Enqueue((context.Request.Path, context.Request.ContentType ?? "", Encoding.Latin1.GetString(body.ToArray())));
            context.Response.ContentType = "application/x-protobuf";
        });
    }

    /// <summary>The variables that lead a program here.</summary>
    public Dictionary<string, string> Environment => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = app.Urls.Single(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
    };

    public static async Task<OtlpReceiver> StartAsync()
    {
        var receiver = new OtlpReceiver();
        await receiver.app.StartAsync();
        return receiver;
    }

    /// <summary>Asserts that a signal came, and names all of these words.</summary>
    public void Heard(string path, params string[] words)
    {
        var bodies = received.Where(each => each.Path == path).ToArray();
        Assert.NotEmpty(bodies);
        Assert.All(bodies, each => Assert.Equal("application/x-protobuf", each.ContentType));
        string all = string.Concat(bodies.Select(each => each.Body));
        Assert.All(words, word => Assert.Contains(word, all, StringComparison.Ordinal));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
