namespace Sweeps.Grains.Specs;

/// <summary>
/// The parts of a spec as written, before anything is known of the experiment: what YAML, JSON and <c>--set</c> have in common.
/// </summary>
internal sealed class SpecOutline(string fileName)
{
    /// <summary>The sections with one value each: name, experiment, times, measure, seed.</summary>
    public static readonly string[] Sections = ["name", "experiment", "times", "measure", "seed"];

    /// <summary>Place of what is missing.</summary>
    public SpecPlace File { get; } = new(fileName);

    /// <summary>Written sections by name.</summary>
    public Dictionary<string, MapEntry> Written { get; } = [];

    /// <summary>Axes in written order.</summary>
    public List<MapEntry> Axes { get; } = [];

    public List<MapEntry> Fixed { get; } = [];

    /// <summary>Sections that nobody knows.</summary>
    public List<MapEntry> Unknown { get; } = [];

    /// <summary>
    /// From <c>sweep.json</c>: which keys the user had given. Then the fixed values are complete, and defaults are not taken. Null in
    /// YAML.
    /// </summary>
    public HashSet<string>? Given { get; set; }

    /// <summary>Takes the root of a YAML spec.</summary>
    public void Take(MapNode root, MistakeList mistakes)
    {
        foreach (var entry in root.Entries)
            switch (entry.Key)
            {
                case "axes":
                    TakeKeys(entry, Axes, mistakes);
                    break;
                case "fixed":
                    TakeKeys(entry, Fixed, mistakes);
                    break;
                case var section when Sections.Contains(section):
                    Written[section] = entry;
                    break;
                default:
                    Unknown.Add(entry);
                    break;
            }
    }

    /// <summary>Takes one <c>--set KEY=VALUE</c>: a section, a fixed value, or, where the value is a list or a range, an axis.</summary>
    public void Set(MapEntry entry)
    {
        if (Sections.Contains(entry.Key))
        {
            Written[entry.Key] = entry;
            return;
        }

        Fixed.RemoveAll(other => other.Key == entry.Key);
        int axis = Axes.FindIndex(other => other.Key == entry.Key);
        if (entry.Value is not (ListNode or MapNode))
        {
            Axes.RemoveAll(other => other.Key == entry.Key);
            Fixed.Add(entry);
        }
        else if (axis >= 0)
            Axes[axis] = entry;
        else
            Axes.Add(entry);
    }

    private static void TakeKeys(MapEntry section, List<MapEntry> into, MistakeList mistakes)
    {
        switch (section.Value)
        {
            case MapNode map:
                into.AddRange(map.Entries);
                break;
            case BrokenNode or ScalarNode { IsPlain: true, Text: "" or "~" or "null" }:
                break; // an empty section says nothing
            default:
                mistakes.Add(section.Value.Place, section.Key,
                    $"'{section.Key}' has {Kinds.Of(section.Value)} where keys and values belong",
                    $"write {section.Key}: {{ key: {(section.Key == "axes" ? "[value, value]" : "value")} }}");
                break;
        }
    }
}
