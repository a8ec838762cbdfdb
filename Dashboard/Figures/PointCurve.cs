using Sweeps.Compute.Experiments;
using Sweeps.Dashboard.Display;
using Sweeps.Dashboard.Plots;

namespace Sweeps.Dashboard.Figures;

/// <summary>An observable of one point over time, with error bars and the closed form.</summary>
internal static class PointCurve
{
    public static LinePlot Of(FigureRequest request, long point, CurveObservable observable)
    {
        var keys = request.Sweep.Grid.KeysAt(point);
        var axes = request.Sweep.Grid.Axes.Where(axis => axis.Values.Length > 1).Select(axis => axis.Name).ToHashSet();
        string[] where = [.. keys.Keys.Where(key => axes.Contains(key.Name)).Select(key => $"{key.Name} {Labels.Short(keys[key.Name])}")];
        string[] rest = [.. keys.Keys.Where(key => !axes.Contains(key.Name) && !keys[key.Name].IsNull)
            .Select(key => $"{key.Name.Replace('_', ' ')} {Labels.Short(keys[key.Name])}")];
        return new LinePlot
        {
            X = PlotAxis.Numbers("time t", "OU time", []),
            Y = PlotAxis.Numbers(Labels.Of(observable.Name), observable.Unit, []),
            Series = [new LineSeries(Labels.Of(observable.Name), [.. request.Sweep.ReadCurve(point, observable.Name).OrderBy(p => p.X)])],
            Caption = $"{request.Spec.Name}, point {point}: {string.Join(", ", where.Concat(rest))}",
        };
    }
}
