using System.Globalization;
using System.Text;
using Sweeps.Compute.Experiments;
using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Pages;

/// <summary>
/// A spec as somebody would write it: what was given, and nothing that has its default; long axes as ranges where they are. It reads back
/// as the same spec.
/// </summary>
internal static class SpecYaml
{
    private const int WidestLine = 100;

    // Shorter lists are easier to read than ranges.
    private const int LongestList = 12;

    public static string Of(SweepSpec spec)
    {
        Dictionary<string, string> ranges = [];
        foreach (var axis in spec.Axes.Where(axis => axis.Values.Length > LongestList && axis.Values[0].Kind is not KeyKind.Choice))
            foreach (string range in (string[])[Range(axis, "from", "to"), Range(axis, "log_from", "log_to")])
                if (IsSame(spec, Text(spec, new() { [axis.Name] = range }))) ranges[axis.Name] = range;
        return Text(spec, ranges);
    }

    private static string Range(Axis axis, string from, string to) => string.Create(CultureInfo.InvariantCulture,
        $"{{ {from}: {axis.Values[0]}, {to}: {axis.Values[^1]}, count: {axis.Values.Length} }}");

    private static bool IsSame(SweepSpec spec, string text) =>
        SpecReader.Read(text, spec.Name, [], [spec.Experiment]).Spec?.Hash == spec.Hash;

    private static string Text(SweepSpec spec, Dictionary<string, string> ranges)
    {
        var text = new StringBuilder();
        text.Append("name: ").Append(spec.Name).Append("\nexperiment: ").Append(spec.Experiment.Name).Append('\n');
        if (!spec.Axes.IsEmpty) text.Append("axes:\n");
        foreach (var axis in spec.Axes)
            text.Append("  ").Append(axis.Name).Append(": ")
                .Append(ranges.GetValueOrDefault(axis.Name) ?? List(axis.Values.Select(value => value.ToString()), 4)).Append('\n');
        var given = spec.Experiment.Keys.Where(key => spec.Given.Contains(key.Name) && spec.Fixed.ContainsKey(key.Name)).ToArray();
        if (given.Length > 0) text.Append("fixed:\n");
        foreach (var key in given) text.Append("  ").Append(key.Name).Append(": ").Append(spec.Fixed[key.Name]).Append('\n');
        if (spec.Times is { } times)
            text.Append("times: ").Append(List(times.Select(time => time.ToString("R", CultureInfo.InvariantCulture)), 2)).Append('\n');
        text.Append("measure: ").Append(List(spec.Measures, 2)).Append('\n');
        return text.Append("seed: ").Append(spec.Seed.ToString(CultureInfo.InvariantCulture)).Append('\n').ToString();
    }

    // A long list goes on in the next line.
    private static string List(IEnumerable<string> words, int indent)
    {
        var text = new StringBuilder("[");
        int width = 0;
        foreach (var (index, word) in words.Index())
        {
            if (index > 0) text.Append(", ");
            if (width + word.Length > WidestLine)
            {
                text.Remove(text.Length - 1, 1).Append('\n').Append(' ', indent);
                width = 0;
            }
            text.Append(word);
            width += word.Length + 2;
        }
        return text.Append(']').ToString();
    }
}
