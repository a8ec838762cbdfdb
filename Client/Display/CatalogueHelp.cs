using Sweeps.Compute.Experiments;
using Sweeps.Dashboard.Display;
using Sweeps.Grains.Specs;

namespace Sweeps.Client.Display;

/// <summary>What a spec looks like, and the experiments with their keys and measures, for help.</summary>
internal static class CatalogueHelp
{
    public static void Write(TextWriter output, IReadOnlyCollection<IExperiment> catalogue)
    {
        output.WriteLine("A spec is a YAML file, such as:");
        foreach (string line in SpecExample.For(catalogue).TrimEnd('\n').Split('\n')) output.WriteLine($"  {line}".TrimEnd());
        output.WriteLine();
        output.WriteLine("  An axis, and times, is a list, { from: …, to: …, count: … }, or { log_from: …, log_to: …, count: … };");
        output.WriteLine("  an axis of words is a list.");
        output.WriteLine();
        foreach (var experiment in catalogue) Write(output, experiment);
    }

    private static void Write(TextWriter output, IExperiment experiment)
    {
        output.WriteLine($"Experiment {experiment.Name}: {experiment.Description}");
        output.WriteLine();
        output.WriteLine("  Keys (under axes: or fixed:, or with --set) and their defaults:");
        int widest = experiment.Keys.Max(key => key.Name.Length + key.Default.ToString().Length + 3);
        foreach (var key in experiment.Keys)
        {
            string unit = key.Unit is "1" or "" ? "" : $" [{key.Unit}]";
            output.WriteLine($"    {$"{key.Name} ({key.Default})".PadRight(widest)}  {key.Description}{unit}");
            output.WriteLine($"    {new string(' ', widest)}  {ValuesOf(key)}.{WhereNull(key, experiment)}");
        }
        output.WriteLine();
        output.WriteLine($"  Measures: {string.Join(", ", experiment.Measures)} "
            + $"[default: {string.Join(", ", experiment.DefaultMeasures)}]");
        foreach (string measure in experiment.Measures)
        {
            output.WriteLine($"    {measure}: {string.Join(", ", experiment.Quantities([measure]).Select(quantity => quantity.Name))}");
            output.WriteLine($"      curves: {string.Join(", ", experiment.Observables([measure]).Select(curve => curve.Name))}");
        }
        output.WriteLine();
    }

    private static string ValuesOf(ExperimentKey key) => key.Kind switch
    {
        KeyKind.Choice => $"One of {string.Join(", ", key.Choices)}",
        KeyKind.Integer => $"An integer {KeyRange.Of(key)}",
        _ => $"A number {KeyRange.Of(key)}",
    };

    // Asked of the experiment, which knows for which words of another key this one has no effect.
    private static string WhereNull(ExperimentKey key, IExperiment experiment)
    {
        var nulls =
            from other in experiment.Keys
            where other.Name != key.Name
            let words = other.Choices.Where(word => IsNullWith(key, other, word, experiment)).ToArray()
            where words.Length > 0
            select $" Null for {other.Name} {string.Join(", ", words)}.";
        return string.Concat(nulls);
    }

    private static bool IsNullWith(ExperimentKey key, ExperimentKey other, string word, IExperiment experiment)
    {
        var values = experiment.Keys.Select(each => each.Name == other.Name ? KeyValue.Of(word) : each.Default);
        return experiment.Normalise(new PointKeys(experiment.Keys, [.. values]))[key.Name].IsNull;
    }
}
