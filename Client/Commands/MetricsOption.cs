using System.CommandLine;
using System.Net;
using Sweeps.Grains.Hosts;

namespace Sweeps.Client.Commands;

/// <summary>The option <c>--metrics</c>.</summary>
internal static class MetricsOption
{
    /// <summary>On this machine alone, at the port that OpenTelemetry keeps for it.</summary>
    public static readonly IPEndPoint Usual = new(IPAddress.Loopback, 9464);

    /// <param name="begin">How its description begins.</param>
    public static Option<IPEndPoint?> Create(string begin = "Serve") =>
        ListenOption.Optional("--metrics", $"{begin} metrics for Prometheus while it runs, at GET /metrics", Usual, ListenAddress.Remedy);
}
