using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Sweeps.Grains.Telemetry.Exposition;
using Sweeps.Grains.Telemetry.Recording;
using Sweeps.Grains.Telemetry.Traces;

namespace Sweeps.Grains.Telemetry;

/// <summary>
/// All telemetry of a process: what it records with, the page of metrics, and the export by OpenTelemetry's protocol where the standard
/// variables of the environment ask for it. One per process; disposed of at its end, when what was recorded last is sent.
/// </summary>
public sealed class ProcessTelemetry : IDisposable
{
    private readonly SweepsMetrics metrics;
    private readonly SweepsTraces traces;
    private readonly TracerProvider? tracing;
    private readonly TelemetryTrouble trouble;

    private ProcessTelemetry(Resource resource, OtlpSignals signals, Action<string> warn, TimeProvider time)
    {
        trouble = new(warn, time);
        metrics = new(time);
        traces = new(time);
        Recorders = new(metrics, traces, time);
        Page = new(metrics, resource, export: signals.Metrics ? builder => builder.AddOtlpExporter() : null);
        if (signals.Traces)
            tracing = Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddAttributes(resource.Attributes))
                .AddSource(SweepsTraces.SourceName)
                .AddOtlpExporter()
                .Build();
    }

    public Recorders Recorders { get; }

    /// <summary>What <c>/metrics</c> serves.</summary>
    public MetricsExposition Page { get; }

    /// <param name="isScraped">Whether the page is served.</param>
    /// <param name="service">Name of the program.</param>
    /// <param name="version">Of the software.</param>
    /// <param name="host">Name of the machine.</param>
    /// <param name="variable">Variables of the environment; the exporters read the same from the process's own.</param>
    /// <param name="warn">Hears when what was recorded gets lost, in one line, from any thread; the same kind of trouble every ten minutes.</param>
    /// <param name="time">Dates and measures.</param>
    /// <returns>Null if nobody listens: then there is nothing to record for.</returns>
    public static ProcessTelemetry? For(
        bool isScraped, string service, string version, string host, Func<string, string?> variable, Action<string> warn, TimeProvider time)
    {
        var signals = OtlpSignals.Of(variable);
        if (!isScraped && !signals.Metrics && !signals.Traces) return null;
        string instance = FormattableString.Invariant($"{host}:{Environment.ProcessId}");
        return new(TelemetryResource.Of(service, version, host, instance), signals, warn, time);
    }

    public void Dispose()
    {
        tracing?.Dispose();
        Page.Dispose();
        traces.Dispose();
        metrics.Dispose();
        trouble.Dispose(); // last: what could not be sent at the end is told, too
    }
}
