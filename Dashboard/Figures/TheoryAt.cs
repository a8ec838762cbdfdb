using System.Collections.Immutable;
using Sweeps.Compute.Experiments;

namespace Sweeps.Dashboard.Figures;

/// <summary>The closed form of one quantity where some keys are moved and all others stay as the figure has them.</summary>
internal sealed class TheoryAt(FigureRequest request, string quantity)
{
    private readonly IExperiment experiment = request.Spec.Experiment;

    private readonly ImmutableArray<KeyValue> still =
        [.. request.Spec.Experiment.Keys.Select(key => request.ValuesOf(key.Name)[0])];

    /// <summary>One value per place of a grid, computed on all cores, or known from an earlier drawing.</summary>
    /// <param name="moved">Every place moves the same keys; see <see cref="FineValues"/>.</param>
    public IReadOnlyList<double?> Of(IReadOnlyList<ImmutableArray<(string Key, KeyValue Value)>> moved) =>
        request.ClosedForms is { } known && moved.Count > 0 ? known.Get(NameOf(moved), () => Compute(moved)) : Compute(moved);

    // Of a sweep's axes all else follows from the first and the last place and their number.
    private string NameOf(IReadOnlyList<ImmutableArray<(string Key, KeyValue Value)>> moved)
    {
        var others = experiment.Keys.Index().Where(key => !moved[0].Any(one => one.Key == key.Item.Name)).Select(key => still[key.Index]);
        return string.Join(' ', [request.Spec.Hash, quantity, moved.Count, .. moved[0], .. moved[^1], .. others]);
    }

    private double?[] Compute(IReadOnlyList<ImmutableArray<(string Key, KeyValue Value)>> moved)
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
        return experiment.Theory(keys, request.Spec.Seed).TryGetValue(quantity, out double? theory) ? theory : null;
    }
}
