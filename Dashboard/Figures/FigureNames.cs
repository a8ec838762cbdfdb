using System.Collections.Immutable;
using Sweeps.Compute.Experiments;
using Sweeps.Dashboard.Datasets;
using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Figures;

/// <summary>Holds the words of a request for a figure against what the sweep has.</summary>
internal sealed class FigureNames(FigureRequest request)
{
    private readonly ImmutableArray<MeasuredColumn> columns =
        [.. MeasuredColumn.Of(request.Spec.Experiment, request.Spec.Measures)];

    public FigureRequest Request => request;

    private ImmutableArray<CurveObservable> Curves => request.Spec.Experiment.Observables(request.Spec.Measures);

    private IEnumerable<string> Axes => request.Sweep.Grid.Axes.Select(axis => axis.Name);

    public MeasuredColumn? Column(string name) => columns.FirstOrDefault(column => column.Name == name);

    /// <summary>What is wrong with a request for a phase diagram or for lines, a sentence each.</summary>
    public ImmutableArray<string> Check(string? x, string? y, string? color, string? series)
    {
        List<string> mistakes = [];
        if (x is null) mistakes.Add($"--x is missing; name an axis: {List(Axes)}");
        else AddUnlessAxis("--x", x, mistakes);

        if (y is null)
            mistakes.Add("--y is missing; name an axis beside --color COLUMN, or the column to draw as lines");
        else if (color is not null)
        {
            AddUnlessAxis("--y", y, mistakes);
            AddUnlessColumn("--color", color, mistakes);
            if (x == y) mistakes.Add($"--x and --y are both {y}; name two axes");
            if (series is not null) mistakes.Add("--series is for lines; leave it out beside --color");
        }
        else
        {
            if (Axes.Contains(y)) mistakes.Add($"--y {y} is an axis; add --color COLUMN for a phase diagram, or name a column");
            else AddUnlessColumn("--y", y, mistakes);
            if (series is not null) AddUnlessAxis("--series", series, mistakes);
            if (series is not null && series == x) mistakes.Add($"--x and --series are both {x}; name two axes");
        }
        return [.. mistakes];
    }

    /// <summary>What is wrong with the rows for a phase diagram or for lines, whose names are right.</summary>
    public ImmutableArray<string> CheckRows(string x, string y, string? color, string? series)
    {
        if (color is not null && PhaseDiagram.Excess(request.ValuesOf(x).Length, request.ValuesOf(y).Length) is { } excess)
            return [$"{excess}; choose fewer values with --where {x}=VALUE or --where {y}=VALUE, several times for several"];

        string?[] shown = color is null ? [x, series] : [x, y];
        string choice = color is null && series is null ? ", or draw a series per value with --series" : "";
        return [.. request.Unpinned(shown).Select(sentence => sentence + choice)];
    }

    /// <summary>The observable of that name; null if the sweep has none.</summary>
    public CurveObservable? Curve(string name) => Curves.FirstOrDefault(curve => curve.Name == name);

    /// <summary>What is wrong with a request for a curve, a sentence each; a point that is not given is not missed.</summary>
    public ImmutableArray<string> CheckCurve(long? point, string? name)
    {
        List<string> mistakes = [];
        long count = request.Sweep.Grid.Count;
        if (point >= count)
            mistakes.Add($"--point {point}: the sweep has {count} points; name one from 0 to {count - 1}");
        if (name is null)
            mistakes.Add($"--observable is missing; name one: {List(Curves.Select(curve => curve.Name))}");
        else if (Curve(name) is null)
            mistakes.Add($"--observable {Shown.As(name)}: the sweep has no such curve; {Suggestion.For(name, Curves.Select(curve => curve.Name))}");
        return [.. mistakes];
    }

    /// <summary>What is wrong with the rows of a curve whose names are right.</summary>
    public ImmutableArray<string> CheckCurveRows(long point, string name) => request.Sweep.ReadCurve(point, name).Any() ? []
        : [$"--point {point}: no {name} is stored for it; it is not finished, or the spec asks for no times"];

    private void AddUnlessAxis(string option, string name, List<string> mistakes)
    {
        if (!Axes.Contains(name))
            mistakes.Add($"{option} {Shown.As(name)}: the sweep has no such axis; {Suggestion.For(name, Axes)}");
    }

    private void AddUnlessColumn(string option, string name, List<string> mistakes)
    {
        if (Column(name) is null)
            mistakes.Add($"{option} {Shown.As(name)}: no such measured column; "
                + Suggestion.For(name, columns.Select(column => column.Name)));
    }

    private static string List(IEnumerable<string> words) => string.Join(", ", words);
}
