using System.Collections.Immutable;
using Sweeps.Compute.Experiments;

namespace Sweeps.Dashboard.Figures;

/// <summary>The closed form of one quantity where some keys are moved and all others stay as the figure has them.</summary>
internal sealed class TheoryAt(FigureRequest request, string quantity)
{
    private readonly IExperiment experiment = request.Spec.Experiment;

    private readonly ImmutableArray<KeyValue> still =
        [.. request.Spec.Experiment.Keys.Select(key => request.ValuesOf(key.Name)[0])];

    /// <summary>One value per entry, computed on all cores.</summary>
    public double?[] Of(IReadOnlyList<ImmutableArray<(string Key, KeyValue Value)>> moved)
    {
        double?[] values = new double?[moved.Count];
        Parallel.For(0, moved.Count, new ParallelOptions { CancellationToken = request.Interruption }, i => values[i] = Of(moved[i]));
        return values;
    }

    private double? Of(ImmutableArray<(string Key, KeyValue Value)> moved)
    {
        var values = still.ToBuilder();
        foreach (var (name, value) in moved)
            for (int i = 0; i < experiment.Keys.Length; i++)
                if (experiment.Keys[i].Name == name) values[i] = value;
        var keys = experiment.Normalise(new PointKeys(experiment.Keys, values.ToImmutable()));
        return experiment.Theory(keys).TryGetValue(quantity, out double? theory) ? theory : null;
    }
}
