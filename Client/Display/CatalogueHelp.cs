using Sweeps.Compute.Experiments;

namespace Sweeps.Client.Display;

/// <summary>The experiments with their keys and measures, for help.</summary>
internal static class CatalogueHelp
{
    public static void Write(TextWriter output, IReadOnlyCollection<IExperiment> catalogue)
    {
        foreach (var experiment in catalogue)
        {
            output.WriteLine($"Experiment {experiment.Name}: {experiment.Description}");
            output.WriteLine();
            output.WriteLine("  Keys (under axes: or fixed:, or with --set) and their defaults:");
            int widest = experiment.Keys.Max(key => key.Name.Length + key.Default.ToString().Length + 3);
            foreach (var key in experiment.Keys)
            {
                string unit = key.Unit is "1" or "" ? "" : $" [{key.Unit}]";
                output.WriteLine($"    {$"{key.Name} ({key.Default})".PadRight(widest)}  {key.Description}{unit}");
                if (!key.Choices.IsEmpty)
                    output.WriteLine($"    {new string(' ', widest)}  One of {string.Join(", ", key.Choices)}.");
            }
            output.WriteLine();
            output.WriteLine($"  Measures: {string.Join(", ", experiment.Measures)} [default: {string.Join(", ", experiment.DefaultMeasures)}]");
            foreach (string measure in experiment.Measures)
            {
                output.WriteLine($"    {measure}: {string.Join(", ", experiment.Quantities([measure]).Select(quantity => quantity.Name))}");
                output.WriteLine($"      curves: {string.Join(", ", experiment.Observables([measure]).Select(curve => curve.Name))}");
            }
            output.WriteLine();
        }
    }
}
