using System.Collections.Immutable;
using Sweeps.Compute.Experiments;
using Sweeps.Dashboard.Datasets;
using Sweeps.Dashboard.Display;
using Sweeps.Dashboard.Plots;
using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Figures;

/// <summary>The rows that a figure is of.</summary>
/// <param name="Sweep">Where they are.</param>
/// <param name="Selection">Which of them.</param>
/// <param name="Interruption">Ends the reading.</param>
internal sealed record FigureRequest(SweepFolder Sweep, GridSelection Selection, CancellationToken Interruption)
{
    public SweepSpec Spec => Sweep.Spec;

    /// <summary>Those of earlier drawings; null where there is one drawing only.</summary>
    public ClosedForms? ClosedForms { get; init; }

    /// <summary>The chosen values of an axis; the one value of a key that is on none.</summary>
    public ImmutableArray<KeyValue> ValuesOf(string key)
    {
        int axis = GridSelection.IndexOf(Sweep.Grid, key);
        var values = Spec.ValuesOf(key);
        return axis < 0 ? values : [.. Selection.Chosen[axis].Select(number => values[number])];
    }

    public ExperimentKey Key(string name) => Spec.Experiment.Keys.First(key => key.Name == name);

    /// <summary>The side of a figure along which a key runs.</summary>
    public PlotAxis Side(string name)
    {
        var key = Key(name);
        var values = ValuesOf(name);
        return key.Kind is KeyKind.Choice
            ? PlotAxis.OfWords(Labels.Of(name), values.Select(value => value.AsWord()))
            : PlotAxis.Numbers(Labels.Of(name), key.Unit, values.Select(value => value.AsReal()));
    }

    /// <summary>Axes with several chosen values that the figure does not show: averaging over them would hide what they do.</summary>
    public IEnumerable<string> Unpinned(params string?[] shown) =>
        from axis in Sweep.Grid.Axes
        let values = ValuesOf(axis.Name)
        where values.Length > 1 && !shown.Contains(axis.Name)
        select $"{axis.Name} varies; pin it with --where {axis.Name}=VALUE, one of {GridSelection.Listed(values)}";

    /// <summary>The small print: the sweep, and the keys that are the same all over the figure.</summary>
    public string Caption(params string?[] shown)
    {
        var values = Spec.Experiment.Keys.Select(key => ValuesOf(key.Name)[0]);
        var keys = Spec.Experiment.Normalise(new PointKeys(Spec.Experiment.Keys, [.. values]));
        var constant = keys.Keys.Where(key => !shown.Contains(key.Name) && !keys[key.Name].IsNull)
            .Select(key => $"{key.Name.Replace('_', ' ')} {Labels.Short(keys[key.Name])}");
        return $"{Spec.Name}: {string.Join(", ", constant)}";
    }
}
