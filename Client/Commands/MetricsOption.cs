using System.CommandLine;
using System.Net;
using Sweeps.Grains.Specs;
using Sweeps.Grains.Telemetry.Exposition;

namespace Sweeps.Client.Commands;

/// <summary>The option <c>--metrics</c>.</summary>
internal static class MetricsOption
{
    /// <summary>On this machine alone, at the port that OpenTelemetry keeps for it.</summary>
    public static readonly IPEndPoint Usual = new(IPAddress.Loopback, 9464);

    /// <param name="begin">How its description begins.</param>
    public static Option<IPEndPoint?> Create(string begin = "Serve") => new("--metrics")
    {
        Description = $"{begin} metrics for Prometheus while it runs, at GET /metrics [without an ADDRESS: {Usual}].",
        HelpName = "ADDRESS",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = result =>
        {
            if (result.Tokens.Count == 0) return Usual;
            string text = result.Tokens[0].Value;
            if (ListenAddress.TryParse(text, out var address)) return address;
            result.AddError(
                $"--metrics is {Shown.As(text)}, no address to listen on; {ListenAddress.Remedy}, or --metrics alone for {Usual}");
            return null;
        },
    };
}
