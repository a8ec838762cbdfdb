using System.Collections.Immutable;
using Sweeps.Compute.Experiments;
using Sweeps.Grains.Planning;
using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Datasets;

/// <summary>The closed forms of one point, whose keys a user named; the others have their defaults.</summary>
/// <param name="Experiment">Whose.</param>
/// <param name="Keys">All keys, those that have no effect here as null.</param>
/// <param name="Values">By quantity; null where there is none.</param>
internal sealed record TheoryPoint(IExperiment Experiment, PointKeys Keys, IReadOnlyDictionary<string, double?> Values)
{
    private const string Seed = "seed";

    /// <param name="name">The experiment; null for the first of the catalogue.</param>
    /// <param name="words"><c>KEY=VALUE</c>, each; <c>seed</c> among them, of which a random direction is drawn.</param>
    /// <param name="catalogue">The experiments there are.</param>
    public static Checked<TheoryPoint> Read(string? name, IEnumerable<string>? words, IReadOnlyCollection<IExperiment> catalogue)
    {
        name ??= catalogue.First().Name;
        if (catalogue.FirstOrDefault(candidate => candidate.Name == name) is not { } experiment)
            return Checked<TheoryPoint>.Wrong($"there is no experiment {Shown.As(name)}; "
                + Suggestion.For(name, catalogue.Select(candidate => candidate.Name)));
        var mistakes = Pairs.Split(words, "", out var values);
        var reading = Read(experiment, values, catalogue);
        if (!reading.IsRight || !mistakes.IsEmpty) return Checked<TheoryPoint>.Wrong([.. mistakes, .. reading.Mistakes]);
        var keys = new PointGrid(reading.Value).KeysAt(0);
        return Checked<TheoryPoint>.Right(new(experiment, keys, experiment.Theory(keys, reading.Value.Seed)));
    }

    /// <summary>A spec of one point, so that a key means here what it means in a spec.</summary>
    private static Checked<SweepSpec> Read(
        IExperiment experiment, ImmutableArray<(string Key, string Value)> values, IReadOnlyCollection<IExperiment> catalogue)
    {
        string[] known = [.. experiment.Keys.Select(key => key.Name), Seed];
        string[] unknown = [.. values.Where(pair => !known.Contains(pair.Key))
            .Select(pair => $"{experiment.Name} has no key {Shown.As(pair.Key)}; {Suggestion.For(pair.Key, known)}")];
        var reading = SpecReader.ReadPoint(
            $"name: theory\nexperiment: {experiment.Name}\n", "theory", values.Where(pair => known.Contains(pair.Key)), catalogue);
        return reading.IsValid && unknown.Length == 0
            ? Checked<SweepSpec>.Right(reading.Spec)
            : Checked<SweepSpec>.Wrong([.. unknown, .. reading.Mistakes.Select(mistake => $"{mistake.Message}; {mistake.Remedy}")]);
    }
}
