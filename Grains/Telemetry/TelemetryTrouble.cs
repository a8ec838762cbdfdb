using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Globalization;

namespace Sweeps.Grains.Telemetry;

/// <summary>
/// Tells when what was recorded gets lost: a collector that cannot be reached, or refuses. OpenTelemetry's own software tells that to its
/// event sources alone, where nobody looks.
/// </summary>
internal sealed class TelemetryTrouble : EventListener
{
    /// <summary>How long the same kind of trouble is not told again.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<(string Source, int Event), long> told = [];
    private readonly Action<string> tell;
    private readonly TimeProvider time;

    /// <param name="tell">Hears one line; from any thread.</param>
    /// <param name="time">Measures the silence.</param>
    public TelemetryTrouble(Action<string> tell, TimeProvider time)
    {
        (this.tell, this.time) = (tell, time);
        // Sources that were there before came to OnEventSourceCreated before this object was whole; all are known by now.
        foreach (var source in EventSource.GetSources()) Listen(source);
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (tell is not null) Listen(eventSource);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        var kind = (eventData.EventSource.Name, eventData.EventId);
        long now = time.GetTimestamp();
        if (!told.TryAdd(kind, now))
        {
            long before = told[kind];
            if (time.GetElapsedTime(before, now) < Silence || !told.TryUpdate(kind, now, before)) return;
        }
        tell(Line(eventData.Message ?? eventData.EventName, eventData.Payload ?? []));
    }

    // The SDK itself warns of each instrument of the runtime that nobody asked for.
    private void Listen(EventSource source)
    {
        if (source.Name.StartsWith("OpenTelemetry-Exporter-", StringComparison.Ordinal)) EnableEvents(source, EventLevel.Warning);
        else if (source.Name.StartsWith("OpenTelemetry-", StringComparison.Ordinal)) EnableEvents(source, EventLevel.Error);
    }

    // What an event says, of each value (exceptions with their stack among them) the first line.
    private static string Line(string? message, IEnumerable<object?> values) => string.Format(
        CultureInfo.InvariantCulture, message ?? "trouble without a name", [.. values.Select(FirstLine)]);

    private static string FirstLine(object? value)
    {
        string text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        int end = text.AsSpan().IndexOfAny('\r', '\n');
        return end < 0 ? text : text[..end];
    }
}
