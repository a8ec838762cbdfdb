namespace Sweeps.Grains.Telemetry.Exposition;

/// <summary>Text as both formats quote it.</summary>
internal static class Escaping
{
    /// <summary>For between the quotation marks of a label.</summary>
    public static string Label(string value) => !value.AsSpan().ContainsAny('\\', '"', '\n') ? value
        : value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);

    /// <summary>For the rest of a line: Prometheus' text leaves quotation marks as they are there.</summary>
    public static string Help(string text, ExpositionFormat format) => format == ExpositionFormat.OpenMetrics ? Label(text)
        : text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
