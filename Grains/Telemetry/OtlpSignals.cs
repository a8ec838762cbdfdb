namespace Sweeps.Grains.Telemetry;

/// <summary>
/// What OpenTelemetry's standard variables ask to have sent: each signal that has an endpoint, <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> or its
/// own, unless <c>OTEL_SDK_DISABLED</c> or <c>OTEL_METRICS_EXPORTER=none</c>, <c>OTEL_TRACES_EXPORTER=none</c> forbid it. Where to and how
/// is the exporter's to read (<c>OTEL_EXPORTER_OTLP_PROTOCOL</c>, <c>…_HEADERS</c>, <c>OTEL_METRIC_EXPORT_INTERVAL</c> …).
/// </summary>
/// <param name="Metrics">Whether metrics are sent.</param>
/// <param name="Traces">Whether traces are sent.</param>
public readonly record struct OtlpSignals(bool Metrics, bool Traces)
{
    /// <param name="variable">Variables of the environment; null or empty for none.</param>
    public static OtlpSignals Of(Func<string, string?> variable)
    {
        if (Is("OTEL_SDK_DISABLED", "true")) return default;
        bool both = IsSet("OTEL_EXPORTER_OTLP_ENDPOINT");
        return new(
            (both || IsSet("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT")) && !Is("OTEL_METRICS_EXPORTER", "none"),
            (both || IsSet("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")) && !Is("OTEL_TRACES_EXPORTER", "none"));

        bool IsSet(string name) => !string.IsNullOrWhiteSpace(variable(name));
        bool Is(string name, string value) => string.Equals(variable(name)?.Trim(), value, StringComparison.OrdinalIgnoreCase);
    }
}
