using System.Collections.Immutable;
using System.Numerics;
using Sweeps.Compute.Experiments;

namespace Sweeps.Grains.Specs;

/// <summary>
/// Reads the values of an axis, or the times of the curves: a list, <c>{from, to, count}</c>, or <c>{log_from, log_to, count}</c>.
/// </summary>
/// <param name="maximumCount">Most values allowed.</param>
/// <param name="mistakes">Receives what is wrong.</param>
/// <param name="maximumPoints">Most points that all axes read may span; beyond, ranges are no longer made into values.</param>
internal sealed class AxisReader(int maximumCount, MistakeList mistakes, long maximumPoints = long.MaxValue)
{
    private static readonly string[] RangeFields = ["from", "to", "count", "log_from", "log_to"];

    /// <summary>Points of the grid of all axes read so far; whoever reads them refuses more than the most.</summary>
    public BigInteger Points { get; private set; } = 1;

    /// <summary>
    /// All values that are right, in written order; fewer than written if there are mistakes, or if <see cref="Points"/> are too many.
    /// </summary>
    public ImmutableArray<KeyValue> Read(ExperimentKey key, SpecPlace place, SpecNode node)
    {
        switch (node)
        {
            case ListNode list:
                return ReadList(key, list);
            case MapNode when key.Kind is KeyKind.Choice:
                Refuse(node.Place, key, $"{key.Name} is a word and has no range", "write a list of words");
                return [];
            case MapNode map:
                return ReadRange(key, place, map);
            case BrokenNode:
                return [];
            default:
                Refuse(node.Place, key, $"{key.Name} has {Kinds.Of(node)} where a list or a range belongs",
                    key.Kind is KeyKind.Choice ? "write a list: [word, word]" : "write a list, or { from: …, to: …, count: … }");
                return [];
        }
    }

    private ImmutableArray<KeyValue> ReadList(ExperimentKey key, ListNode list)
    {
        if (list.Items.Count > maximumCount)
        {
            Refuse(list.Place, key, $"{key.Name} has {list.Items.Count} values", $"write at most {maximumCount}");
            return [];
        }

        var values = ImmutableArray.CreateBuilder<KeyValue>(list.Items.Count);
        HashSet<KeyValue> seen = [];
        foreach (var item in list.Items)
        {
            if (ValueReader.Read(key, item, mistakes) is not { } value) continue;
            if (seen.Add(AsCompared(value))) values.Add(value);
            else Refuse(item.Place, key, $"{key.Name} has {value} twice", "keep one of the two");
        }
        Points *= Math.Max(1, values.Count);
        return values.DrainToImmutable();
    }

    private ImmutableArray<KeyValue> ReadRange(ExperimentKey key, SpecPlace place, MapNode map)
    {
        int before = mistakes.Count;
        foreach (var entry in map.Entries)
            if (!RangeFields.Contains(entry.Key))
                Refuse(entry.Place, key, $"{Shown.As(entry.Key)} is no part of a range", entry.Key.Contains(':', StringComparison.Ordinal)
                    ? "write a space after ':'"
                    : Suggestion.For(entry.Key, RangeFields));

        var fields = map.Entries.ToDictionary(entry => entry.Key, entry => entry.Value);
        bool log = fields.ContainsKey("log_from") || fields.ContainsKey("log_to");
        if (log && (fields.ContainsKey("from") || fields.ContainsKey("to")))
            Refuse(map.Place, key, $"the range of {key.Name} mixes 'from', 'to' with 'log_from', 'log_to'", "use one pair");
        var (fromName, toName) = log ? ("log_from", "log_to") : ("from", "to");
        if (mistakes.Count > before) return [];

        foreach (string name in (string[])[fromName, toName, "count"])
            if (!fields.ContainsKey(name)) Refuse(map.Place, key, $"the range of {key.Name} has no '{name}'", $"add {name}: …");
        if (mistakes.Count > before) return [];

        var from = ValueReader.Read(key, fields[fromName], mistakes);
        var to = ValueReader.Read(key, fields[toName], mistakes);
        var counting = new ExperimentKey("count", KeyKind.Integer, default, "1", "") { Minimum = 1, Maximum = maximumCount };
        var count = ValueReader.Read(counting, fields["count"], mistakes);
        foreach (var (name, end) in ((string, KeyValue?)[])[(fromName, from), (toName, to)])
            if (log && end is { } value && value.AsReal() <= 0)
                Refuse(fields[name].Place, key, $"'{name}' is {value}, and has no logarithm", "write a number above 0");
        if (count is { } one && one.AsInteger() == 1 && from is not null && to is not null && from != to)
            Refuse(map.Place, key, $"the range of {key.Name} has a count of 1 but two ends", "raise count, or make the ends equal");
        // What is no value of YAML, such as an alias, was refused when the text was read, and is none of these mistakes.
        if (mistakes.Count > before || from is not { } first || to is not { } last || count is not { } points) return [];

        Points *= points.AsInteger();
        // The grid is refused whatever is on this axis: a short text must not cost the memory of many long axes.
        if (Points > maximumPoints) return [first];

        var values = Values(key.Kind, log, first, last, (int)points.AsInteger());
        HashSet<KeyValue> seen = [];
        foreach (var value in values)
            if (!seen.Add(AsCompared(value)))
            {
                Refuse(place, key, $"the range of {key.Name} has {value} twice", "lower count, or move the ends apart");
                return [];
            }
        return values;
    }

    private static ImmutableArray<KeyValue> Values(KeyKind kind, bool log, KeyValue from, KeyValue to, int count) => (kind, log) switch
    {
        (KeyKind.Integer, false) => [.. RangeValues.LinearIntegers(from.AsInteger(), to.AsInteger(), count).Select(KeyValue.Of)],
        (KeyKind.Integer, true) => [.. RangeValues.LogarithmicIntegers(from.AsInteger(), to.AsInteger(), count).Select(KeyValue.Of)],
        (_, false) => [.. RangeValues.Linear(from.AsReal(), to.AsReal(), count).Select(KeyValue.Of)],
        (_, true) => [.. RangeValues.Logarithmic(from.AsReal(), to.AsReal(), count).Select(KeyValue.Of)],
    };

    // Values that agree to 12 digits could not be told apart in a table or by --where.
    private static KeyValue AsCompared(KeyValue value) =>
        value.Kind is KeyKind.Real ? KeyValue.Of(RangeValues.Round(value.AsReal())) : value;

    private void Refuse(SpecPlace place, ExperimentKey key, string message, string remedy) =>
        mistakes.Add(place, key.Name, message, remedy);
}
