using System.Text.Json;

namespace Sweeps.Dashboard.Display;

/// <summary>Closed forms as one JSON object, keyed by quantity; null where there is none.</summary>
internal static class TheoryJson
{
    public static void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, double?> theory)
    {
        writer.WriteStartObject();
        foreach (var (quantity, value) in theory) writer.Number(quantity, value);
        writer.WriteEndObject();
    }
}
