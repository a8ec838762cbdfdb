using System.Buffers;
using System.Text;
using System.Text.Json;
using Sweeps.Compute.Experiments;

namespace Sweeps.Grains.Specs;

/// <summary>
/// A spec in <c>sweep.json</c>: the same parts as in YAML, every value written out, defaults too, so that another version's defaults change
/// nothing. Axes are a list, because tools in between may reorder an object. The hash guards against damage and edits.
/// </summary>
internal static class SpecJson
{
    private const string Remedy = "restore the file, or begin a new sweep from the spec";

    public static void Write(SweepSpec spec, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("name", spec.Name);
        writer.WriteString("experiment", spec.Experiment.Name);
        writer.WriteStartArray("axes");
        foreach (var axis in spec.Axes)
        {
            writer.WriteStartObject();
            writer.WriteString("name", axis.Name);
            writer.WriteStartArray("values");
            foreach (var value in axis.Values) Write(value, writer);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartObject("fixed");
        foreach (var key in spec.Experiment.Keys)
            if (spec.Fixed.TryGetValue(key.Name, out var value))
            {
                writer.WritePropertyName(key.Name);
                Write(value, writer);
            }
        writer.WriteEndObject();
        WriteWords("given", spec.Experiment.Keys.Select(key => key.Name).Where(spec.Given.Contains), writer);
        if (spec.Times is { } times)
        {
            writer.WriteStartArray("times");
            foreach (double time in times) writer.WriteNumberValue(time);
            writer.WriteEndArray();
        }
        else writer.WriteNull("times");
        WriteWords("measure", spec.Measures, writer);
        writer.WriteNumber("seed", spec.Seed);
        writer.WriteString("hash", spec.Hash);
        writer.WriteEndObject();
    }

    public static string ToText(SweepSpec spec)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true })) Write(spec, writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static SpecReading Read(string json, string fileName, IReadOnlyCollection<IExperiment> catalogue)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 16 });
            return Read(document.RootElement, fileName, catalogue);
        }
        catch (Exception malformed) when (malformed is JsonException or ArgumentException) // a lone surrogate is an ArgumentException
        {
            var (line, column) = malformed is JsonException { LineNumber: { } row, BytePositionInLine: { } position }
                ? ((int)row + 1, (int)position + 1)
                : (1, 1);
            return new SpecReading([new SpecMistake(fileName, line, column, "", "this is not JSON", Remedy)]);
        }
    }

    public static SpecReading Read(JsonElement json, string fileName, IReadOnlyCollection<IExperiment> catalogue)
    {
        var mistakes = new MistakeList();
        var outline = new SpecOutline(fileName);
        string? hash = null;
        if (JsonTree.Read(json, outline.File, mistakes) is not MapNode root)
        {
            if (mistakes.Count == 0) mistakes.Add(outline.File, "", "the spec is not an object", Remedy);
            return new SpecReading(mistakes.InOrder());
        }

        List<MapEntry> rest = [];
        foreach (var entry in root.Entries)
            switch (entry)
            {
                case { Key: "axes", Value: ListNode axes }:
                    foreach (var axis in axes.Items) TakeAxis(axis, outline, mistakes);
                    break;
                case { Key: "given", Value: ListNode given }:
                    outline.Given = [.. given.Items.OfType<ScalarNode>().Select(word => word.Text)];
                    break;
                case { Key: "hash", Value: ScalarNode text }:
                    hash = text.Text;
                    break;
                case { Key: "axes" or "given" or "hash" }:
                    mistakes.Add(outline.File, entry.Key, $"'{entry.Key}' has {Kinds.Of(entry.Value)}", Remedy);
                    break;
                default:
                    rest.Add(entry);
                    break;
            }
        outline.Take(new MapNode(root.Place, rest), mistakes);
        if (outline.Given is null) mistakes.Add(outline.File, "given", "'given' is missing", Remedy);
        outline.Given ??= [];

        var reading = new SpecBuilder(outline, catalogue, mistakes).Build();
        if (reading.IsValid && reading.Spec.Hash != hash)
            return new SpecReading([new SpecMistake(fileName, null, null, "hash", "the spec does not match its hash", Remedy)]);
        return reading;
    }

    private static void TakeAxis(SpecNode axis, SpecOutline outline, MistakeList mistakes)
    {
        if (axis is MapNode { Entries: [{ Key: "name", Value: ScalarNode name }, { Key: "values", Value: ListNode values }] })
            outline.Axes.Add(new MapEntry(axis.Place, name.Text, values));
        else if (axis is MapNode { Entries: [{ Key: "values", Value: ListNode first }, { Key: "name", Value: ScalarNode second }] })
            outline.Axes.Add(new MapEntry(axis.Place, second.Text, first));
        else
            mistakes.Add(outline.File, "axes", "an axis lacks 'name' or 'values'", Remedy);
    }

    private static void Write(KeyValue value, Utf8JsonWriter writer)
    {
        switch (value.Kind)
        {
            case KeyKind.Integer:
                writer.WriteNumberValue(value.AsInteger());
                break;
            case KeyKind.Real:
                writer.WriteNumberValue(value.AsReal());
                break;
            case KeyKind.Choice:
                writer.WriteStringValue(value.AsWord());
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    private static void WriteWords(string name, IEnumerable<string> words, Utf8JsonWriter writer)
    {
        writer.WriteStartArray(name);
        foreach (string word in words) writer.WriteStringValue(word);
        writer.WriteEndArray();
    }
}
