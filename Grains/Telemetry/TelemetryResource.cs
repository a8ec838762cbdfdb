using OpenTelemetry.Resources;

namespace Sweeps.Grains.Telemetry;

/// <summary>What figures and traces say of the process that they come from.</summary>
public static class TelemetryResource
{
    /// <param name="service">Name of the program: <c>sweeps-silo</c>.</param>
    /// <param name="version">Of the software.</param>
    /// <param name="host">Name of the machine.</param>
    /// <param name="instance">Which process of that name it is.</param>
    /// <remarks><c>OTEL_SERVICE_NAME</c> and <c>OTEL_RESOURCE_ATTRIBUTES</c> add to it, and rule where they say otherwise.</remarks>
    public static Resource Of(string service, string version, string host, string instance) => ResourceBuilder.CreateEmpty()
        .AddService(service, serviceVersion: version, autoGenerateServiceInstanceId: false, serviceInstanceId: instance)
        .AddAttributes([new("host.name", host)])
        .AddEnvironmentVariableDetector()
        .Build();
}
