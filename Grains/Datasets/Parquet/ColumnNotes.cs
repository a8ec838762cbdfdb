using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sweeps.Grains.Datasets.Parquet.Metadata;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Grains.Datasets.Parquet;

/// <summary>
/// Units and descriptions, which Parquet's schema has no place for. They stand twice: as keys of every column chunk, where the format
/// wants such
/// things, and as JSON under a key of the file, as many readers show only those, and a file without rows has no chunks.
/// </summary>
internal static class ColumnNotes
{
    public const string FileKey = "sweeps.columns";

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The keys of a column chunk: <c>unit</c> and <c>description</c>, as far as there are such.</summary>
    public static IEnumerable<KeyValue> OfChunk(TableColumn column)
    {
        if (column.Unit is not null) yield return new("unit", column.Unit);
        if (column.Description is not null) yield return new("description", column.Description);
    }

    /// <summary>A JSON array with an object per column: <c>name</c>, <c>unit</c>, <c>description</c>.</summary>
    public static string ToJson(TableSchema schema)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartArray();
            foreach (var column in schema.Columns)
            {
                json.WriteStartObject();
                json.WriteString("name", column.Name);
                foreach (var note in OfChunk(column)) json.WriteString(note.Key, note.Value);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    /// <summary>
    /// Adds the notes to columns read from a file; those of the file's key first, else those of the first row group's chunks.
    /// </summary>
    /// <exception cref="JsonException">The file's key holds something else.</exception>
    public static ImmutableArray<TableColumn> Apply(ImmutableArray<TableColumn> columns, FileFooter footer)
    {
        if (footer.Metadata.FirstOrDefault(pair => pair.Key == FileKey) is { } notes) return [.. FromJson(columns, notes.Value)];
        if (footer.Groups.IsEmpty) return columns;
        return [.. columns.Select((column, i) => column with
        {
            Unit = footer.Groups[0].Chunks[i].Metadata.FirstOrDefault(pair => pair.Key == "unit")?.Value,
            Description = footer.Groups[0].Chunks[i].Metadata.FirstOrDefault(pair => pair.Key == "description")?.Value,
        })];
    }

    private static List<TableColumn> FromJson(ImmutableArray<TableColumn> columns, string json)
    {
        using var document = JsonDocument.Parse(json);
        var byName = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (document.RootElement.ValueKind != JsonValueKind.Array) throw new JsonException("an array of columns");
        foreach (var entry in document.RootElement.EnumerateArray())
        {
            if (entry.ValueKind != JsonValueKind.Object || Text(entry, "name") is not { } name)
                throw new JsonException("a column with a name");
            byName[name] = entry;
        }
        return [.. columns.Select(column => byName.TryGetValue(column.Name, out var entry)
            ? column with { Unit = Text(entry, "unit"), Description = Text(entry, "description") }
            : column)];
    }

    private static string? Text(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
