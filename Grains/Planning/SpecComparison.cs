using System.Collections.Immutable;
using System.Globalization;
using Sweeps.Compute.Experiments;
using Sweeps.Grains.Specs;

namespace Sweeps.Grains.Planning;

/// <summary>What a new spec is to the one that a dataset was made from. Names do not count.</summary>
public abstract record SpecComparison
{
    private SpecComparison()
    {
    }

    /// <summary>Both ask for the same rows: the sweep goes on.</summary>
    public sealed record Same : SpecComparison;

    /// <summary>The new grid holds every old point in the same order, and more; nothing else differs: the sweep can be extended.</summary>
    public sealed record Extension : SpecComparison;

    /// <summary>The new spec is another sweep.</summary>
    /// <param name="Differences">One sentence per difference, at least one.</param>
    public sealed record Different(ImmutableArray<string> Differences) : SpecComparison;

    /// <summary>
    /// Compares specs. An axis extends another if it has all its values in the same order, new ones before, between or after them; a key
    /// that was fixed may become an axis with that value on it.
    /// </summary>
    public static SpecComparison Compare(SweepSpec old, SweepSpec @new)
    {
        if (old.Experiment.Name != @new.Experiment.Name)
            return new Different([$"the experiment was {old.Experiment.Name}, and is {@new.Experiment.Name} now"]);
        ImmutableArray<string> differences = [.. Between(old, @new)];
        return !differences.IsEmpty ? new Different(differences) : old.Hash == @new.Hash ? new Same() : new Extension();
    }

    private static IEnumerable<string> Between(SweepSpec old, SweepSpec @new)
    {
        bool axesFit = true;
        foreach (var key in old.Experiment.Keys)
            if (BetweenValues(key.Name, old.ValuesOf(key.Name), @new.ValuesOf(key.Name)) is { } difference)
            {
                axesFit = false;
                yield return difference;
            }

        string[] before = [.. old.Axes.Where(axis => axis.Values.Length > 1).Select(axis => axis.Name)];
        string[] after = [.. @new.Axes.Select(axis => axis.Name).Where(before.Contains)];
        if (axesFit && !before.SequenceEqual(after))
            yield return $"the axes were in the order {string.Join(", ", before)}, and are in the order {string.Join(", ", after)} now";

        if (!TimesAgree(old.Times, @new.Times))
            yield return $"the times of the curves were {Show(old.Times)}, and are {Show(@new.Times)} now";
        if (!old.Measures.SequenceEqual(@new.Measures))
            yield return $"measured were {string.Join(", ", old.Measures)}, and are {string.Join(", ", @new.Measures)} now";
        if (old.Seed != @new.Seed)
            yield return string.Create(CultureInfo.InvariantCulture, $"the seed was {old.Seed}, and is {@new.Seed} now");
    }

    private static string? BetweenValues(string key, ImmutableArray<KeyValue> old, ImmutableArray<KeyValue> @new)
    {
        int found = 0;
        foreach (var value in @new)
            if (found < old.Length && old[found] == value) found++;
        if (found == old.Length) return null;

        if (old.Length == 1 && @new.Length == 1) return $"{key} was {old[0]}, and is {@new[0]} now";
        if (@new.Length == 1) return $"{key} was an axis of {old.Length} values, and is {@new[0]} now";
        HashSet<KeyValue> present = [.. @new];
        KeyValue[] missing = [.. old.Where(value => !present.Contains(value))];
        return missing.Length == 0
            ? $"the values of {key} are in another order (an extension keeps the old one, "
                + $"{string.Join(", ", old.Take(5))}{(old.Length > 5 ? ", …" : "")})"
            : $"the axis {key} lacks {string.Join(", ", missing.Take(5))}{(missing.Length > 5 ? $" and {missing.Length - 5} more" : "")}";
    }

    private static bool TimesAgree(ImmutableArray<double>? old, ImmutableArray<double>? @new) =>
        old is { } a && @new is { } b ? a.SequenceEqual(b) : old is null && @new is null;

    private static string Show(ImmutableArray<double>? times) => times switch
    {
        null => "the experiment's own",
        { IsEmpty: true } => "none",
        { Length: <= 6 } few => string.Join(", ", few.Select(time => time.ToString("R", CultureInfo.InvariantCulture))),
        { } many => string.Create(CultureInfo.InvariantCulture, $"{many.Length} from {many[0]} to {many[^1]}"),
    };
}
