using System.Collections.Immutable;
using Sweeps.Compute.Experiments;

namespace Sweeps.Grains.Specs;

/// <summary>
/// Reads the sections with one value each. What cannot be read is in the list of mistakes, and a harmless value comes back.
/// </summary>
internal sealed class SectionReader(SpecOutline outline, MistakeList mistakes)
{
    private const int MaximumNameLength = 100;
    private const int MaximumTimes = 10_000;

    private static readonly ExperimentKey TimesKey = new("times", KeyKind.Real, KeyValue.Null, "OU time", "Times of the curves")
    {
        Minimum = 0,
    };

    private static readonly ExperimentKey SeedKey = new("seed", KeyKind.Integer, KeyValue.Of(0L), "1", "Seed of the sweep");

    /// <summary>Letters, digits, '-' and '_', so that it can name a folder.</summary>
    public string Name()
    {
        if (Word("name", "add name: …, of letters, digits, '-', '_'") is not { } name) return "";
        if (name.Text.Length > MaximumNameLength)
            Refuse(name, "name", $"the name has {name.Text.Length} characters", $"use at most {MaximumNameLength}");
        else if (name.Text.Length == 0 || !name.Text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
            Refuse(name, "name", $"{Shown.As(name.Text)} is no name", "use letters, digits, '-', '_' only");
        return name.Text;
    }

    public IExperiment? Experiment(IReadOnlyCollection<IExperiment> catalogue)
    {
        string[] known = [.. catalogue.Select(experiment => experiment.Name)];
        if (Word("experiment", $"add experiment: …, one of {string.Join(", ", known)}") is not { } word) return null;
        var found = catalogue.FirstOrDefault(experiment => experiment.Name == word.Text);
        if (found is null) Refuse(word, "experiment", $"there is no experiment {Shown.As(word.Text)}", Suggestion.For(word.Text, known));
        return found;
    }

    /// <summary>Ascending; null if the spec has none, so that the experiment chooses; empty for no curves.</summary>
    public ImmutableArray<double>? Times()
    {
        if (!outline.Written.TryGetValue("times", out var entry) || (outline.Given is not null && IsNull(entry.Value))) return null;
        var times = new AxisReader(MaximumTimes, mistakes).Read(TimesKey, entry.Place, entry.Value);
        return [.. times.Select(time => time.AsReal()).Order()];
    }

    /// <summary>In the experiment's order, whatever order the spec has.</summary>
    public ImmutableArray<string> Measures(IExperiment experiment)
    {
        if (!outline.Written.TryGetValue("measure", out var entry)) return experiment.DefaultMeasures;
        if (entry.Value is BrokenNode) return [];
        string known = string.Join(", ", experiment.Measures);
        HashSet<string> chosen = [];
        foreach (var item in entry.Value is ListNode list ? list.Items : [entry.Value])
        {
            if (item is BrokenNode) continue;
            if (item is not ScalarNode word || IsNull(word))
                Refuse(item, "measure", $"'measure' has {Kinds.Of(item)} where words belong", $"choose from [{known}]");
            else if (!experiment.Measures.Contains(word.Text))
                Refuse(item, "measure", $"{experiment.Name} cannot measure {Shown.As(word.Text)}",
                    Suggestion.For(word.Text, experiment.Measures));
            else if (!chosen.Add(word.Text))
                Refuse(item, "measure", $"'measure' has {word.Text} twice", "keep one of the two");
        }
        if (entry.Value is ListNode { Items.Count: 0 })
            Refuse(entry.Value, "measure", "'measure' is empty", $"choose from [{known}], or leave it out");
        return [.. experiment.Measures.Where(chosen.Contains)];
    }

    public long Seed() => outline.Written.TryGetValue("seed", out var entry) && ValueReader.Read(SeedKey, entry.Value, mistakes) is { } seed
        ? seed.AsInteger()
        : SeedKey.Default.AsInteger();

    private ScalarNode? Word(string section, string remedy)
    {
        switch (outline.Written.GetValueOrDefault(section))
        {
            case null:
                mistakes.Add(outline.File, section, $"the spec has no '{section}'", remedy);
                return null;
            case { Value: ScalarNode word } when !IsNull(word):
                return word;
            case { Value: not BrokenNode } entry:
                Refuse(entry.Value, section, $"'{section}' has {Kinds.Of(entry.Value)} where one word belongs", "write one word");
                return null;
            default:
                return null;
        }
    }

    private static bool IsNull(SpecNode node) => node is ScalarNode scalar && CoreScalar.MeaningOf(scalar) is ScalarMeaning.Null;

    private void Refuse(SpecNode node, string key, string message, string remedy) => mistakes.Add(node.Place, key, message, remedy);
}
