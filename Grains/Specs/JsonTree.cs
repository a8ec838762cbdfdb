using System.Text.Json;

namespace Sweeps.Grains.Specs;

/// <summary>Reads JSON into the nodes that YAML is read into, so that one set of rules checks both.</summary>
internal static class JsonTree
{
    public static SpecNode Read(JsonElement element, SpecPlace place, MistakeList mistakes)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                List<MapEntry> entries = [];
                HashSet<string> seen = [];
                foreach (var property in element.EnumerateObject())
                {
                    if (TextOf(() => property.Name) is not { } name)
                        mistakes.Add(place, "", "a key is damaged", "restore the file");
                    else if (!seen.Add(name))
                        mistakes.Add(place, name, $"{Shown.As(name)} stands here a second time", "restore the file");
                    else
                        entries.Add(new MapEntry(place, name, Read(property.Value, place, mistakes)));
                }
                return new MapNode(place, entries);
            case JsonValueKind.Array:
                return new ListNode(place, [.. element.EnumerateArray().Select(item => Read(item, place, mistakes))]);
            case JsonValueKind.String:
                if (TextOf(element.GetString) is { } text) return new ScalarNode(place, text, IsPlain: false);
                mistakes.Add(place, "", "a text is damaged", "restore the file");
                return new BrokenNode(place);
            default:
                return new ScalarNode(place, element.GetRawText(), IsPlain: true);
        }
    }

    private static string? TextOf(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException) // an escaped lone surrogate
        {
            return null;
        }
    }
}
