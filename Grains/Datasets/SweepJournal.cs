using System.Globalization;
using System.Text;
using System.Text.Json;
using Sweeps.Grains.Datasets.Disk;

namespace Sweeps.Grains.Datasets;

/// <summary>What happened to a sweep and when: <c>_journal/events.jsonl</c>, a line per event, only ever added to.</summary>
public sealed class SweepJournal(DatasetFolder folder, IDatasetDisk disk, TimeProvider time)
{
    public void Record(string what, string? detail = null)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("at", time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("event", what);
            if (detail is not null) json.WriteString("detail", detail);
            json.WriteEndObject();
        }
        disk.AppendLine(folder.Events, Encoding.UTF8.GetString(buffer.ToArray()));
    }

    /// <summary>All events in order; a line that a crash tore is left out.</summary>
    public static IReadOnlyList<SweepEvent> Read(DatasetFolder folder)
    {
        List<SweepEvent> events = [];
        if (!File.Exists(folder.Events)) return events;
        foreach (string line in File.ReadLines(folder.Events))
        {
            try
            {
                using var json = JsonDocument.Parse(line);
                var root = json.RootElement;
                events.Add(new(
                    root.GetProperty("at").GetDateTimeOffset(),
                    root.GetProperty("event").GetString()!,
                    root.TryGetProperty("detail", out var detail) ? detail.GetString() : null));
            }
            catch (Exception torn) when (torn is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
            {
                continue;
            }
        }
        return events;
    }
}
