using System.Text;
using Sweeps.Compute.Experiments;

namespace Sweeps.Grains.Specs;

/// <summary>Reads a spec in YAML. Whatever the text, it ends in a spec or in mistakes, never in an exception.</summary>
public static class SpecReader
{
    /// <summary>Longest text read, in bytes of UTF-8.</summary>
    public const int MaximumBytes = 1 << 20;

    /// <summary>Reads and checks a spec; all mistakes are found in one reading.</summary>
    /// <param name="text">The YAML text.</param>
    /// <param name="fileName">What mistakes call the text.</param>
    /// <param name="overrides">
    /// The command line's <c>--set KEY=VALUE</c> in order, the last one for a key rules. A key of the experiment takes that one value; a
    /// list or a range makes it an axis. <c>name</c>, <c>experiment</c>, <c>times</c>, <c>measure</c> and <c>seed</c> take the place of
    /// the spec's.
    /// </param>
    /// <param name="catalogue">The experiments there are.</param>
    public static SpecReading Read(
        string text, string fileName, IEnumerable<(string Key, string Value)> overrides, IReadOnlyCollection<IExperiment> catalogue) =>
        Read(text, fileName, overrides, catalogue, isPoint: false);

    /// <summary>Reads a spec of one point: no key takes a list or a range, which are refused before they are made into values.</summary>
    /// <inheritdoc cref="Read(string, string, IEnumerable{ValueTuple{string, string}}, IReadOnlyCollection{IExperiment})"/>
    public static SpecReading ReadPoint(
        string text, string fileName, IEnumerable<(string Key, string Value)> overrides, IReadOnlyCollection<IExperiment> catalogue) =>
        Read(text, fileName, overrides, catalogue, isPoint: true);

    private static SpecReading Read(
        string text, string fileName, IEnumerable<(string Key, string Value)> overrides, IReadOnlyCollection<IExperiment> catalogue,
        bool isPoint)
    {
        var mistakes = new MistakeList();
        var outline = new SpecOutline(fileName);
        if (Encoding.UTF8.GetByteCount(text) > MaximumBytes)
        {
            mistakes.Add(outline.File, "", $"the spec is larger than {MaximumBytes} bytes", "write long axes as ranges");
            return new SpecReading(mistakes.InOrder());
        }

        bool readable = TakeText(text.TrimStart('\uFEFF'), outline, mistakes);
        int order = 1;
        foreach (var (key, value) in overrides) TakeOverride(key, value, order++, outline, mistakes);
        if (isPoint) RefuseAxes(outline, mistakes);
        return readable ? new SpecBuilder(outline, catalogue, mistakes).Build() : new SpecReading(mistakes.InOrder());
    }

    private static void RefuseAxes(SpecOutline outline, MistakeList mistakes)
    {
        foreach (var axis in outline.Axes)
        {
            var (what, remedy) = axis.Value is ListNode list
                ? ($"{axis.Key} has {list.Items.Count} values", "give one, or run a sweep over them")
                : ($"{axis.Key} has a range", "give one value, or run a sweep over it");
            mistakes.Add(axis.Place, axis.Key, what, remedy);
        }
        outline.Axes.Clear();
    }

    private static bool TakeText(string text, SpecOutline outline, MistakeList mistakes)
    {
        switch (YamlTree.Read(text, outline.File, mistakes))
        {
            case MapNode root:
                outline.Take(root, mistakes);
                return true;
            case null or ScalarNode { IsPlain: true, Text: "" }:
                if (mistakes.Count == 0) mistakes.Add(outline.File, "", "the spec is empty", "write at least name: … and experiment: …");
                return false;
            case var root:
                if (root is not BrokenNode)
                    mistakes.Add(root.Place, "", $"the spec is {Kinds.Of(root)}, not keys and values", "begin with name: …");
                return false;
        }
    }

    private static void TakeOverride(string key, string value, int order, SpecOutline outline, MistakeList mistakes)
    {
        var place = new SpecPlace($"--set {Shown.OneLine(key.Length <= 40 ? key : key[..40] + "…")}", Order: order);
        if (value.Length > MaximumBytes)
        {
            mistakes.Add(place, key, "the value is too long", "write it into the spec, as a range");
            return;
        }

        int before = mistakes.Count;
        var node = YamlTree.Read(value, place, mistakes)
            ?? (mistakes.Count > before ? new BrokenNode(place) : new ScalarNode(place, "", true));
        outline.Set(new MapEntry(place, key, node));
    }
}
