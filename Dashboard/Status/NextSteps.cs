using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Status;

/// <summary>Command lines to try when a sweep has ended.</summary>
internal static class NextSteps
{
    public static IEnumerable<string> After(SweepSpec spec, string folder)
    {
        string dir = ShellWord.Of(folder);
        yield return $"sweeps show {dir}";
        if (PlotOf(spec, dir) is { } plot) yield return plot;
        string? quantity = spec.Experiment.Quantities(spec.Measures).FirstOrDefault(quantity => !quantity.TheoryOnly)?.Name;
        if (quantity is not null)
            yield return "duckdb -c " + ShellWord.Of($"SELECT point, {quantity}, {quantity}_se, {quantity}_theory "
                + $"FROM '{folder.Replace("'", "''", StringComparison.Ordinal)}/points/*.parquet' LIMIT 10");
    }

    private static string? PlotOf(SweepSpec spec, string dir)
    {
        string? quantity = spec.Experiment.Quantities(spec.Measures).FirstOrDefault(quantity => !quantity.TheoryOnly)?.Name;
        // The two longest axes make the picture, the later one across; all others need a value.
        string[] shown = [.. spec.Axes.Where(axis => axis.Values.Length > 1).OrderByDescending(axis => axis.Values.Length).Take(2)
            .OrderByDescending(axis => spec.Axes.IndexOf(axis)).Select(axis => axis.Name)];
        if (quantity is null || shown.Length == 0) return null;
        string pins = string.Concat(spec.Axes.Where(axis => axis.Values.Length > 1 && !shown.Contains(axis.Name))
            .Select(axis => " --where " + ShellWord.Of($"{axis.Name}={axis.Values[0]}")));
        return shown is [var x, var y]
            ? $"sweeps plot {dir} --x {x} --y {y} --color {quantity}{pins} -o {spec.Name}.svg"
            : $"sweeps plot {dir} --x {shown[0]} --y {quantity}{pins} -o {spec.Name}.svg";
    }
}
