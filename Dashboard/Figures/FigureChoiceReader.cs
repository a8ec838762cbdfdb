using System.Collections.Immutable;
using Sweeps.Compute.Experiments;
using Sweeps.Dashboard.Datasets;
using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Figures;

/// <summary>Reads a choice of figure from an address; what it does not say is as usual.</summary>
/// <param name="spec">What there is to choose from.</param>
/// <param name="value">The value of a name in the address; null if it is not there.</param>
internal sealed class FigureChoiceReader(SweepSpec spec, Func<string, string?> value)
{
    private readonly ImmutableArray<Axis> axes = FigureChoice.Varying(spec);
    private readonly ImmutableArray<Quantity> quantities = spec.Experiment.Quantities(spec.Measures);
    private readonly List<string> mistakes = [];

    /// <returns>The choice, or a sentence per mistake.</returns>
    public Checked<FigureChoice> Read()
    {
        if (FigureChoice.UsualSides(spec) is not var (usualX, usualY))
            return Checked<FigureChoice>.Wrong("the sweep has one point, which makes no figure; see the point itself");
        string x = Axis("x", usualX) ?? usualX;
        string? y = value("y") is FigureChoice.LinesWord ? null
            : axes.Length == 1 && value("y") is null ? null
            : Axis("y", usualY is not null && usualY != x ? usualY : axes.First(axis => axis.Name != x).Name);
        if (x == y) mistakes.Add($"x and y are both {x}; choose two axes, or lines");
        if (y is not null && PhaseDiagram.Excess(Length(x), Length(y)) is { } excess)
            mistakes.Add($"{excess}; choose a shorter axis, or lines");
        var quantity = Named("quantity", quantities, one => one.Name) ?? Usual();
        var kind = Kind(quantity);
        FigurePin[] pins = [.. axes.Where(axis => axis.Name != x && axis.Name != y).Select(Pin)];
        return mistakes.Count > 0
            ? Checked<FigureChoice>.Wrong(mistakes)
            : Checked<FigureChoice>.Right(new(x, y, quantity, kind, [.. pins]));
    }

    private int Length(string axis) => axes.First(one => one.Name == axis).Values.Length;

    private Quantity Usual() => quantities.FirstOrDefault(one => !one.TheoryOnly) ?? quantities[0];

    private string? Axis(string name, string usual) =>
        value(name) is null ? usual : Named(name, axes, axis => axis.Name)?.Name;

    private T? Named<T>(string name, ImmutableArray<T> all, Func<T, string> nameOf)
        where T : class
    {
        if (value(name) is not { } word) return null;
        var found = all.FirstOrDefault(one => nameOf(one) == word);
        if (found is null) mistakes.Add($"{name}: the sweep has no {Shown.As(word)}; {Suggestion.For(word, all.Select(nameOf))}");
        return found;
    }

    private FigureKind Kind(Quantity quantity)
    {
        var usual = quantity.TheoryOnly ? FigureKind.Theory : FigureKind.Measured;
        if (value("what") is not { } word) return usual;
        var kinds = Enum.GetValues<FigureKind>();
        int found = Array.FindIndex(kinds, kind => kind.Word() == word);
        if (found < 0)
            mistakes.Add($"what: {Shown.As(word)} is none of them; {Suggestion.For(word, kinds.Select(kind => kind.Word()))}");
        else if (kinds[found].ColumnOf(quantity) is null)
            mistakes.Add($"{quantity.Name} is a closed form and not measured; choose theory, or another quantity");
        else return kinds[found];
        return usual;
    }

    private FigurePin Pin(Axis axis)
    {
        if (value(FigureChoice.PinPrefix + axis.Name) is not { } word) return new(axis, FigureChoice.UsualPlace(axis));
        int place = GridSelection.Find(axis.Values, word);
        if (place < 0) mistakes.Add($"{axis.Name}: no point has {Shown.As(word)}; {axis.Name} is {GridSelection.Listed(axis.Values)}");
        return new(axis, Math.Max(place, 0));
    }
}
