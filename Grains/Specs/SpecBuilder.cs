using System.Collections.Immutable;
using System.Numerics;
using Sweeps.Compute.Experiments;

namespace Sweeps.Grains.Specs;

/// <summary>Turns an outline into a spec, or finds every mistake in it.</summary>
internal sealed class SpecBuilder(SpecOutline outline, IReadOnlyCollection<IExperiment> catalogue, MistakeList mistakes)
{
    /// <summary>Most points of a grid.</summary>
    public const long MaximumPoints = 1_000_000_000;

    private const int MaximumAxisValues = 1_000_000;

    public SpecReading Build()
    {
        // A rule across keys is only asked when all that it may look at is right: else it would object to what nobody meant.
        bool textIsSound = mistakes.Count == 0;
        var sections = new SectionReader(outline, mistakes);
        string name = sections.Name();
        foreach (var entry in outline.Unknown) RefuseSection(entry);

        int before = mistakes.Count;
        var named = sections.Experiment(catalogue);
        var times = sections.Times();
        long seed = sections.Seed();
        // A misspelt experiment hides no other mistake where only one can be meant.
        if ((named ?? (catalogue.Count == 1 ? catalogue.First() : null)) is not { } experiment) return new SpecReading(mistakes.InOrder());
        var reader = new AxisReader(MaximumAxisValues, mistakes, MaximumPoints);
        var axes = ReadAxes(experiment, reader);
        var values = ReadFixed(experiment);
        CheckSize(reader.Points);
        var request = new ExperimentRequest(sections.Measures(experiment), times, seed);
        if (!textIsSound || mistakes.Count > before) return new SpecReading(mistakes.InOrder());

        var given = outline.Given ?? [.. outline.Fixed.Select(entry => entry.Key)];
        var spec = new SweepSpec(name, experiment, axes, values, request, [.. given, .. axes.Select(axis => axis.Name)]);
        AskExperiment(spec);
        return mistakes.Count > 0 ? new SpecReading(mistakes.InOrder()) : new SpecReading(spec);
    }

    private void RefuseSection(MapEntry entry)
    {
        bool isKey = catalogue.Any(experiment => experiment.Keys.Any(key => key.Name == entry.Key));
        string[] known = [.. SpecOutline.Sections, "axes", "fixed"];
        mistakes.Add(entry.Place, entry.Key, isKey ? $"'{entry.Key}' is a key of the experiment" : $"a spec has no {Shown.As(entry.Key)}",
            isKey ? "move it under fixed: or axes:" : Suggestion.For(entry.Key, known));
    }

    private ImmutableArray<Axis> ReadAxes(IExperiment experiment, AxisReader reader)
    {
        var axes = ImmutableArray.CreateBuilder<Axis>();
        foreach (var entry in outline.Axes)
        {
            if (KeyOf(entry, experiment) is not { } key) continue;
            int before = mistakes.Count;
            var values = reader.Read(key, entry.Place, entry.Value);
            if (entry.Value is ListNode { Items.Count: 0 })
                mistakes.Add(entry.Value.Place, key.Name, $"the axis {key.Name} has no values", "write at least one, or remove it");
            else if (mistakes.Count == before && axes.Any(axis => axis.Name == key.Name))
                mistakes.Add(entry.Place, key.Name, $"the axis {key.Name} stands here twice", "keep one of the two");
            axes.Add(new Axis(key.Name, values));
        }
        return axes.DrainToImmutable();
    }

    private ImmutableDictionary<string, KeyValue> ReadFixed(IExperiment experiment)
    {
        var values = ImmutableDictionary.CreateBuilder<string, KeyValue>();
        HashSet<string> onAxes = [.. outline.Axes.Select(axis => axis.Key)], named = [];
        foreach (var entry in outline.Fixed)
        {
            if (KeyOf(entry, experiment) is not { } key) continue;
            named.Add(key.Name);
            if (onAxes.Contains(key.Name))
                mistakes.Add(entry.Place, key.Name, $"{key.Name} is on an axis and fixed", "remove one of the two");
            else if (entry.Value is ListNode or MapNode)
                mistakes.Add(entry.Value.Place, key.Name, $"{key.Name} is fixed to {Kinds.Of(entry.Value)}",
                    "move it under axes:, or write one value");
            else if (outline.Given is { } given && !given.Contains(key.Name) && key.Default.IsNull
                && entry.Value is ScalarNode { IsPlain: true, Text: "null" })
                values[key.Name] = KeyValue.Null;
            else if (ValueReader.Read(key, entry.Value, mistakes) is { } value)
                values[key.Name] = value;
        }

        foreach (string name in outline.Given?.Except(experiment.Keys.Select(key => key.Name)) ?? [])
            mistakes.Add(outline.File, "given", $"{experiment.Name} has no key {Shown.As(name)}", "restore the file");
        foreach (var key in experiment.Keys)
            if (!named.Contains(key.Name) && !onAxes.Contains(key.Name))
            {
                if (outline.Given is null) values[key.Name] = key.Default;
                else
                    mistakes.Add(outline.File, key.Name, $"{key.Name} has no value", "restore the file, or begin a new sweep");
            }
        return values.ToImmutable();
    }

    private ExperimentKey? KeyOf(MapEntry entry, IExperiment experiment)
    {
        var key = experiment.Keys.FirstOrDefault(key => key.Name == entry.Key);
        if (key is null)
            mistakes.Add(entry.Place, entry.Key, $"{experiment.Name} has no key {Shown.As(entry.Key)}",
                Suggestion.For(entry.Key, experiment.Keys.Select(known => known.Name)));
        return key;
    }

    private void CheckSize(BigInteger points)
    {
        if (points > MaximumPoints)
            mistakes.Add(outline.Axes.Count > 0 ? outline.Axes[0].Place : outline.File, "axes", $"the grid has {points} points",
                $"keep it at or below {MaximumPoints}");
    }

    private void AskExperiment(SweepSpec spec)
    {
        var values = spec.Experiment.Keys.ToDictionary(key => key.Name, key => spec.ValuesOf(key.Name));
        foreach (var objection in spec.Experiment.Objections(values, spec.Given, spec.Request))
            mistakes.Add(PlaceOf(objection.Key), objection.Key, objection.Mistake, objection.Remedy);
    }

    private SpecPlace PlaceOf(string key) =>
        outline.Axes.Concat(outline.Fixed).FirstOrDefault(entry => entry.Key == key)?.Place
        ?? outline.Written.GetValueOrDefault(key)?.Place
        ?? outline.File;
}
