using System.Collections.Immutable;

namespace Sweeps.Dashboard.Plots;

/// <summary>One side of a grid of cells: values in rising order, with the cells' centres and edges in the axis's coordinates.</summary>
internal sealed class GridAxis
{
    private const int MostNamedValues = 9;

    public GridAxis(PlotAxis plotAxis)
    {
        PlotAxis = plotAxis;
        Order = [.. Enumerable.Range(0, plotAxis.Count)];
        if (!plotAxis.HasWords)
            Order = Order.Sort((a, b) => plotAxis.Values[a].CompareTo(plotAxis.Values[b]));
        Values = plotAxis.HasWords ? [.. Order.Select(i => (double)i)] : [.. Order.Select(i => plotAxis.Values[i])];
        Centres = plotAxis.Scale == AxisScale.Logarithmic ? [.. Values.Select(Math.Log10)] : Values;
        for (int i = 1; i < Centres.Length; i++)
        {
            if (!(Centres[i] > Centres[i - 1]))
                throw new ArgumentException($"Axis '{plotAxis.Label}' has the value {NumberLabels.Short(Values[i], 12)} twice.",
                    nameof(plotAxis));
        }
        Edges = EdgesOf(Centres, plotAxis);
        Axis = Edges.Length > 1 ? Axis.Over(plotAxis, new(Edges[0], Edges[^1])) : Axis.Over(plotAxis, new(0, 1));
    }

    public PlotAxis PlotAxis { get; }

    /// <summary>Position in the caller's order of the i-th value in rising order.</summary>
    public ImmutableArray<int> Order { get; }

    public ImmutableArray<double> Values { get; }

    public ImmutableArray<double> Centres { get; }

    /// <summary>One more than centres: midpoints between them, and as far outside as inside at both ends.</summary>
    public ImmutableArray<double> Edges { get; }

    public Axis Axis { get; }

    /// <summary>Whether values between two neighbours mean something, so that lines may run across.</summary>
    public bool IsContinuous => !PlotAxis.HasWords && Centres.Length > 1;

    /// <summary>Name of the i-th value in rising order, for tooltips.</summary>
    public string Name(int i) => PlotAxis.HasWords ? PlotAxis.Words[i] : NumberLabels.Short(Values[i], 6);

    /// <summary>A tick under every value if there are few and their names are short; null otherwise.</summary>
    public IReadOnlyList<Tick>? TicksAtValues()
    {
        if (PlotAxis.HasWords || Values.Length > MostNamedValues || Axis.Exponent != 0)
            return null;
        string[] labels = [.. Values.Select(v => NumberLabels.Short(v, 6))];
        if (PlotAxis.Scale == AxisScale.Linear)
        {
            int decimals = labels.Max(label => label.Contains('.') ? label.Length - label.IndexOf('.') - 1 : 0);
            labels = [.. Values.Select(v => NumberLabels.Fixed(v, decimals))];
        }
        ImmutableArray<Tick> ticks = [.. Values.Zip(labels, (value, label) => new Tick(value, label))];
        bool isShort = ticks.All(t => t.Label.Length <= 5) || ticks.Length == 1;
        return isShort ? ticks : null;
    }

    private static ImmutableArray<double> EdgesOf(ImmutableArray<double> centres, PlotAxis axis)
    {
        if (centres.IsEmpty)
            return [];
        if (centres.Length == 1)
        {
            double room = axis switch
            {
                { Scale: AxisScale.Logarithmic } => 0.25,
                { HasWords: false } when centres[0] != 0 => 0.25 * Math.Abs(centres[0]),
                _ => 0.5,
            };
            return [centres[0] - room, centres[0] + room];
        }
        ImmutableArray<double>.Builder edges = ImmutableArray.CreateBuilder<double>(centres.Length + 1);
        edges.Add(centres[0] - (0.5 * centres[1] - 0.5 * centres[0]));
        for (int i = 1; i < centres.Length; i++)
            edges.Add(0.5 * centres[i - 1] + 0.5 * centres[i]);
        edges.Add(centres[^1] + (0.5 * centres[^1] - 0.5 * centres[^2]));
        return edges.MoveToImmutable();
    }
}
